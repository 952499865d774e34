using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Steps;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Techniques.Replay;

/// <summary>
/// Replay mode pool, local to the replica (Zhu et al. 2017, section 4): the first <c>pool-size</c> fresh images fill the pool and are
/// shown; after that each fresh image is, with probability 1/2, exchanged for a random one of the pool, which it replaces.
/// </summary>
public sealed class ImagePool(ExperienceReplayRecipe recipe) : Technique
{
    private const string File = "image-pool";
    private TechniqueContext? _context;
    private ReplayItems? _items;
    private byte[] _pool = [];
    private long[] _steps = [];
    private byte[] _scratch = [];
    private int _count;

    public override string Name => "experience-replay";

    private int ItemBytes => _items!.ItemBytes;

    public override void Attach(TechniqueContext context)
    {
        _context = context;
        _items = new ReplayItems(context.Recipe, context.Shape, context.Latents.Layout.Categories);
        if ((long)recipe.PoolSize * ItemBytes > Array.MaxLength)
        {
            throw new DistGanException(
                $"A pool of {recipe.PoolSize} images of {context.Shape} does not fit in memory: make 'techniques.experience-replay.pool-size' at most {Array.MaxLength / ItemBytes}.");
        }

        _pool = new byte[recipe.PoolSize * ItemBytes];
        _steps = new long[recipe.PoolSize];
        _scratch = new byte[context.Recipe.Batch * ItemBytes];
    }

    public override IReadOnlyList<FakeGroup> Show(IReadOnlyList<FakeGroup> fakes, long step, int update)
    {
        var fresh = fakes[0];
        var count = (int)fresh.Samples.shape[0];
        var random = _context!.Seeds.RandomFor("image-pool", step, update);
        var bytes = _scratch.AsSpan(0, count * ItemBytes);
        _items!.Encode(fresh.Samples, fresh.Codes, bytes);
        List<long> swapped = [];
        for (var i = 0; i < count; i++)
        {
            if (Swap(bytes.Slice(i * ItemBytes, ItemBytes), step, random))
            {
                swapped.Add(i);
            }
        }

        return [swapped.Count == 0 ? fresh : WithStored(fresh, bytes, swapped)];
    }

    /// <summary>As fresh images of an update to come would be exchanged with the pool as it is.</summary>
    public override IReadOnlyList<FakeGroup> ShowAhead(IReadOnlyList<FakeGroup> fakes, long step, int update, int ahead)
    {
        var fresh = fakes[0];
        if (_count < recipe.PoolSize)
        {
            return fakes;
        }

        var random = _context!.Seeds.RandomFor("image-pool-ahead", step, update);
        var count = (int)fresh.Samples.shape[0];
        var bytes = _scratch.AsSpan(0, count * ItemBytes);
        _items!.Encode(fresh.Samples.detach(), fresh.Codes, bytes);
        List<long> swapped = [];
        for (var i = 0; i < count; i++)
        {
            if (random.Next(2) != 0)
            {
                _pool.AsSpan(random.Next(_count) * ItemBytes, ItemBytes).CopyTo(bytes.Slice(i * ItemBytes, ItemBytes));
                swapped.Add(i);
            }
        }

        return [swapped.Count == 0 ? fresh : WithStored(fresh, bytes, swapped)];
    }

    public override void Report(IDictionary<string, double> values, long step)
    {
        values[MetricNames.ReplayFill] = _count / (double)recipe.PoolSize;
        values[MetricNames.ReplayAgeSteps] = _count == 0 ? 0 : step - _steps.Take(_count).Average();
    }

    public override void Capture(StateBuilder state)
    {
        state.Add(File, [
            new("images", "U8", [_count * ItemBytes], _pool.AsSpan(0, _count * ItemBytes).ToArray()),
            new("steps", "I64", [_count], System.Runtime.InteropServices.MemoryMarshal.AsBytes<long>(_steps.AsSpan(0, _count)).ToArray()),
        ]);
    }

    public override void Restore(StateView state)
    {
        var images = state.Array(File, "images").Bytes.Span;
        _count = images.Length / ItemBytes;
        images.CopyTo(_pool);
        System.Runtime.InteropServices.MemoryMarshal.Cast<byte, long>(state.Array(File, "steps").Bytes.Span).CopyTo(_steps);
    }

    /// <summary>Stores a fresh image; true where the bytes now hold the stored one that it replaced.</summary>
    private bool Swap(Span<byte> image, long step, Random random)
    {
        if (_count < recipe.PoolSize)
        {
            image.CopyTo(_pool.AsSpan(_count * ItemBytes));
            _steps[_count++] = step;
            return false;
        }

        if (random.Next(2) == 0)
        {
            return false;
        }

        var index = random.Next(_count);
        var stored = _pool.AsSpan(index * ItemBytes, ItemBytes);
        for (var i = 0; i < image.Length; i++)
        {
            (image[i], stored[i]) = (stored[i], image[i]);
        }

        _steps[index] = step;
        return true;
    }

    private FakeGroup WithStored(FakeGroup fresh, ReadOnlySpan<byte> bytes, List<long> swapped)
    {
        var all = _items!.Decode(bytes, (int)fresh.Samples.shape[0], _context!.Device);
        var indices = tensor(swapped, ScalarType.Int64, _context.Device);
        return fresh with { Samples = fresh.Samples.index_copy(0, indices, all.Samples.index_select(0, indices).to_type(fresh.Samples.dtype)), Codes = all.Codes ?? fresh.Codes };
    }
}
