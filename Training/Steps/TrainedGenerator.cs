using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Networks;
using DistGan.Training.Snapshots;
using DistGan.Training.Techniques;
using DistGan.Training.Vectors;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Steps;

/// <summary>
/// A generator that is trained already and only asked: the network of a recipe with weights from a file. It needs neither the data
/// set nor a job. Computes in float32.
/// </summary>
public sealed class TrainedGenerator : IDisposable
{
    private readonly Device _device;
    private readonly Tensor _weights;
    private readonly ShownGenerator _shown;
    private readonly LatentSource _latents;

    /// <param name="recipe">What was trained.</param>
    /// <param name="shape">The shape of one sample.</param>
    /// <param name="arrays">Weights by the names of the network's layout, as in generator.safetensors and ema.safetensors of a snapshot; running statistics among them are computed again from the weights; other buffers, where there are any, are taken as they are.</param>
    /// <param name="device">Where it computes; the CPU by default.</param>
    /// <param name="own">The parts that it was trained with in place of those that the recipe names.</param>
    /// <param name="labels">The classes of the data that it was trained on; needed where the recipe uses labels.</param>
    /// <exception cref="DistGanException">An array is missing or has another shape, or the recipe uses labels and there are none.</exception>
    public TrainedGenerator(Recipe recipe, SampleShape shape, IReadOnlyList<NamedArray> arrays, Device? device = null, ReplicaParts? own = null, DataLabels? labels = null)
    {
        (Recipe, Shape, _device) = (recipe, shape, device ?? CPU);
        Labels = recipe.Conditioning.UsesLabels ? labels : null;
        Layout = LatentLayout.Of(recipe, labels?.Classes ?? 0);
        using var scope = NewDisposeScope();
        Network = new Network(ReplicaFactory.Define(Player.Generator, recipe, shape, [.. TechniqueCatalog.Create(recipe.Techniques), .. own?.Techniques ?? []], own, labels?.Classes ?? 0));
        _weights = zeros(Network.Parameters.Length, ScalarType.Float32, _device).DetachFromDisposeScope();
        _latents = new LatentSource(new SeedSequence(recipe.Seed, 0), recipe.Latent, _device, Layout, Labels);
        try
        {
            Network.Parameters.FromArrays(arrays, _weights);
            _shown = new ShownGenerator(Network, _weights, BuffersOf(arrays), _latents);
        }
        catch
        {
            _latents.Dispose();
            _weights.Dispose();
            throw;
        }
    }

    public Recipe Recipe { get; }

    /// <summary>The shape of one sample.</summary>
    public SampleShape Shape { get; }

    /// <summary>What a row of its input is made of.</summary>
    public LatentLayout Layout { get; }

    /// <summary>The classes that it makes on demand; null where it was trained without labels.</summary>
    public DataLabels? Labels { get; }

    /// <summary>The generator as a function of (θ, β, z).</summary>
    public Network Network { get; }

    /// <summary>θ [length], float32; not the caller's to dispose.</summary>
    public Tensor Weights => _weights;

    /// <summary>β that belongs to <see cref="Weights"/>: standing statistics; not the caller's to dispose.</summary>
    public Tensor Buffers => _shown.Buffers;

    /// <summary>
    /// Latents z, with their codes where the generator has any [count, width], a function of the seed alone; row i does not depend on
    /// count. Labels are drawn as often as the data have them.
    /// </summary>
    /// <param name="count">Rows; the caller disposes them.</param>
    /// <param name="seed">Any number; unrelated to the recipe's seed.</param>
    /// <param name="truncation">
    /// ψ in (0, 1]: normal latents are drawn from N(0, 1) cut off beyond ±2ψ by drawing again (Brock et al. 2019, section 3.1, the
    /// truncation trick, with threshold 2ψ), uniform ones from U(−ψ, ψ); 1 leaves both as they were trained.
    /// </param>
    public Tensor Latents(int count, long seed, double truncation = 1)
        => OnDevice(LatentRows.Draw(Recipe.Latent, Layout, Labels, count, seed, truncation));

    /// <summary>Chosen rows of what <see cref="Latents(int, long, double)"/> draws for a seed: with a label, or with continuous codes, that are asked for.</summary>
    /// <param name="choices">One a row, as <see cref="LatentGrid"/> makes them; the caller disposes the rows [N, width].</param>
    /// <param name="seed">Any number.</param>
    /// <param name="truncation">ψ; codes are not truncated.</param>
    /// <exception cref="DistGanException">A choice does not fit <see cref="Layout"/>.</exception>
    public Tensor Latents(IReadOnlyList<LatentChoice> choices, long seed, double truncation = 1)
    {
        ArgumentNullException.ThrowIfNull(choices);
        using var drawn = LatentRows.Draw(Recipe.Latent, Layout, Labels, LatentCodes.RowsOf(choices), seed, truncation);
        return OnDevice(LatentCodes.Choose(drawn, Layout, choices));
    }

    /// <summary>The label, or category, of each row of latents; null where the generator has none.</summary>
    public IReadOnlyList<int>? LabelsOf(Tensor latents)
    {
        ArgumentNullException.ThrowIfNull(latents);
        return LatentCodes.LabelsOf(latents, Layout);
    }

    private Tensor OnDevice(Tensor latents)
    {
        if (_device.type == DeviceType.CPU)
        {
            return latents;
        }

        using (latents)
        {
            return latents.to(_device);
        }
    }

    /// <summary>Latents [N, width] → samples [N, …Shape], float32 on the CPU; the caller disposes them.</summary>
    public Tensor Generate(Tensor latents) => _shown.Generate(latents);

    /// <summary>The samples that training itself draws and scores under a purpose ("samples", "evaluation"); the caller disposes them.</summary>
    public Tensor Sample(string purpose, int count) => _shown.Sample(purpose, count);

    /// <summary>Weights and statistics under the names of the layout.</summary>
    public IReadOnlyList<NamedArray> ToArrays() => [.. Network.Parameters.ToArrays(_weights), .. Network.Buffers.ToArrays(Buffers)];

    /// <summary>β of the file; a file without it was made of weights alone, and begins where every training of the recipe begins.</summary>
    private Tensor BuffersOf(IReadOnlyList<NamedArray> arrays)
    {
        var buffers = ReplicaFactory.InitialBuffers(Network, Recipe.Seed, _device);
        var names = arrays.Select(static array => array.Name).ToHashSet();
        if (Network.Buffers.Entries.Any(entry => names.Contains(entry.Name)))
        {
            Network.Buffers.FromArrays(arrays, buffers);
        }

        return buffers;
    }

    public void Dispose()
    {
        _shown.Dispose();
        _latents.Dispose();
        _weights.Dispose();
    }
}
