using DistGan.Grains.Interfaces.Replay;
using DistGan.Recipes;

namespace DistGan.Grains.Replay;

/// <summary>
/// Groups of images in the order in which they came, never more bytes than the budget: the oldest groups go first. A group that is
/// larger than the whole budget keeps the images at its start that fit. Images are copied once, a push at a time.
/// </summary>
/// <remarks>
/// Draws are a function of what is stored and the seed. A single image is uniform over all stored images. A grouped draw takes the
/// group and the place of one uniform image and runs on from there, back to the group's start at its end; so groups are weighted by
/// their number of images.
/// </remarks>
public sealed class ReplayRing
{
    /// <summary>Most bytes of one answer: a larger message would endanger the connection that carries it.</summary>
    public const long MaxAnswerBytes = 64L << 20;

    private readonly List<StoredGroup> _groups = [];
    private int _oldest;
    private long _next;

    /// <exception cref="DistGanException">The budget does not hold one image.</exception>
    public ReplayRing(ReplaySettings settings)
    {
        if (settings.ItemBytes < 1 || settings.BudgetBytes < settings.ItemBytes)
        {
            throw new DistGanException(
                $"A replay budget of {settings.BudgetBytes} bytes does not hold one image of {settings.ItemBytes} bytes: raise techniques.experience-replay.budget-bytes.");
        }

        Settings = settings;
    }

    public ReplaySettings Settings { get; }

    /// <summary>Images stored now.</summary>
    public long Count => _oldest == _groups.Count ? 0 : _next - _groups[_oldest].First;

    /// <summary>Bytes of images stored now.</summary>
    public long StoredBytes => Count * Settings.ItemBytes;

    private long Capacity => Settings.BudgetBytes / Settings.ItemBytes;

    /// <summary>Stores whole groups.</summary>
    /// <exception cref="DistGanException">Headers and bytes do not belong together; nothing is stored.</exception>
    public void Push(ReplayChunk chunk)
    {
        Check(chunk);
        var images = new ReadOnlyMemory<byte>(chunk.Images.ToArray());
        var offset = 0;
        foreach (var header in chunk.Groups)
        {
            var bytes = header.Count * Settings.ItemBytes;
            Store(header, images.Slice(offset, bytes));
            offset += bytes;
        }
    }

    /// <summary>Draws batches; no draws while nothing is stored.</summary>
    /// <exception cref="DistGanException">The answer would be too large for one message.</exception>
    public ReplayAnswer Draw(int draws, int imagesPerDraw, bool grouped, long seed)
    {
        var total = Count == 0 || imagesPerDraw < 1 ? 0 : Math.Max(0, draws) * (long)imagesPerDraw;
        if (total * Settings.ItemBytes > MaxAnswerBytes)
        {
            throw new DistGanException(
                $"A replay of {draws} draws of {imagesPerDraw} images of {Settings.ItemBytes} bytes is above {MaxAnswerBytes} bytes for one answer: lower topology.round-steps or techniques.experience-replay.share.");
        }

        var answer = new Answer((int)total, Settings.ItemBytes);
        var random = new SplitMix64(seed);
        while (answer.Filled < total)
        {
            var (group, place) = Find(_groups[_oldest].First + random.Below(Count));
            var run = grouped ? imagesPerDraw : 1;
            for (var i = 0; i < run; i++)
            {
                answer.Add(group, (place + i) % group.Count);
            }
        }

        return answer.Close(total == 0 ? 0 : draws, StoredBytes, Settings.BudgetBytes);
    }

    /// <summary>The groups stored now, oldest first; they share memory with the ring.</summary>
    public StoredGroup[] Capture() => _groups.GetRange(_oldest, _groups.Count - _oldest).ToArray();

    private void Check(ReplayChunk chunk)
    {
        long images = 0;
        foreach (var header in chunk.Groups)
        {
            images = header.Count < 0 ? long.MinValue : images + header.Count;
        }

        if (images < 0 || images * Settings.ItemBytes != chunk.Images.Length)
        {
            throw new DistGanException(
                $"A push of {chunk.Images.Length} bytes does not hold its {chunk.Groups.Count} groups of images of {Settings.ItemBytes} bytes each.");
        }
    }

    private void Store(ReplayGroupHeader header, ReadOnlyMemory<byte> images)
    {
        if (header.Count == 0)
        {
            return;
        }

        var count = (int)Math.Min(header.Count, Capacity);
        while (Count + count > Capacity)
        {
            _groups[_oldest++] = default;
        }

        _groups.Add(new StoredGroup(header.Replica, header.Step, _next, count, images[..(count * Settings.ItemBytes)]));
        _next += count;
        if (_oldest > 64 && _oldest > _groups.Count / 2)
        {
            _groups.RemoveRange(0, _oldest);
            _oldest = 0;
        }
    }

    private (StoredGroup Group, int Place) Find(long ordinal)
    {
        int low = _oldest, high = _groups.Count - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (_groups[middle].First <= ordinal)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return (_groups[low], (int)(ordinal - _groups[low].First));
    }

    private sealed class Answer(int images, int itemBytes)
    {
        private readonly byte[] _images = new byte[images * itemBytes];
        private readonly long[] _steps = new long[images];
        private readonly int[] _replicas = new int[images];

        public int Filled { get; private set; }

        public void Add(StoredGroup group, int place)
        {
            group.Images.Span.Slice(place * itemBytes, itemBytes).CopyTo(_images.AsSpan(Filled * itemBytes));
            _steps[Filled] = group.Step;
            _replicas[Filled] = group.Replica;
            Filled++;
        }

        public ReplayAnswer Close(int draws, long storedBytes, long budgetBytes) => new()
        {
            Draws = draws,
            Images = _images,
            Steps = _steps,
            Replicas = _replicas,
            StoredBytes = storedBytes,
            BudgetBytes = budgetBytes,
        };
    }
}
