using System.Runtime.InteropServices;
using DistGan.Recipes;

namespace DistGan.Grains.Interfaces.Replay.Rings;

/// <summary>
/// Groups of images in the order in which they came, never more bytes than the budget: the oldest groups go first. A group that is
/// larger than the whole budget keeps the images at its start that fit. A push that fills an array of its own is kept as it is, as one is that came from
/// another process; what is a part of a larger one is copied, so that the ring holds no memory beside its images.
/// </summary>
/// <remarks>
/// Draws are a function of what is stored, of the draws before where they go in order, and of the seed. A grouped draw takes the
/// group and the place of one image and runs on from there, back to the group's start at its end; so groups are weighted by their number of images.
/// The image is uniform over all; or, with n stored and u uniform in [0, 1), that of age ⌊−h·n·log₂(1 − u·(1 − 2^(−1/h)))⌋, whose probability
/// halves each h·n images; or the next in order. Where own and others' images have different weights, the kind is decided on first (<see cref="ReplayKinds"/>),
/// and n and ages are those within it.
/// </remarks>
public sealed class ReplayRing
{
    /// <summary>Most bytes of one answer: a larger message would endanger the connection that carries it.</summary>
    public const long MaxAnswerBytes = 64L << 20;

    private readonly List<StoredGroup> _groups = [];
    private readonly Dictionary<int, OwnImages> _byReplica = [];
    private int _oldest;
    private long _next;
    private long _cursor;
    private long _inserted;
    private long _drawn;

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

    /// <summary>What was done so far.</summary>
    public ReplayTally Tally => new() { Inserted = _inserted, Drawn = _drawn, Cursor = Count == 0 ? 0 : Math.Max(0, _cursor - First) };

    /// <summary>Bytes of images stored now.</summary>
    public long StoredBytes => Count * Settings.ItemBytes;

    /// <summary>Images that the limit of samples per insert leaves.</summary>
    public long Allowed => Settings.SamplesPerInsert > 0 ? Math.Max(0, (long)(Settings.SamplesPerInsert * _inserted) - _drawn) : long.MaxValue;

    private long First => _groups[_oldest].First;

    private long Capacity => Settings.BudgetBytes / Settings.ItemBytes;

    /// <summary>Stores whole groups.</summary>
    /// <exception cref="DistGanException">Headers and bytes do not belong together; nothing is stored.</exception>
    public void Push(ReplayChunk chunk)
    {
        Check(chunk);
        var images = Kept(chunk.Images);
        var offset = 0;
        foreach (var header in chunk.Groups)
        {
            var bytes = header.Count * Settings.ItemBytes;
            Store(header, images.Slice(offset, bytes));
            offset += bytes;
        }
    }

    /// <summary>Goes on as one that had done so much with the same content.</summary>
    public void Resume(ReplayTally tally)
        => (_inserted, _drawn, _cursor) = (tally.Inserted, tally.Drawn, tally.Cursor + (Count == 0 ? _next : First));

    /// <summary>Draws batches; fewer where the limit of samples per insert is reached, and none while nothing is stored that may be drawn.</summary>
    /// <exception cref="DistGanException">The answer would be too large for one message.</exception>
    public ReplayAnswer Draw(ReplayExchange request)
    {
        var kinds = Count == 0 ? default : new ReplayKinds(_byReplica.GetValueOrDefault(request.Replica), request.OthersWeight, First, Count);
        var imagesPerDraw = request.ImagesPerDraw;
        var draws = kinds.IsPossible && imagesPerDraw > 0 ? Math.Min(Math.Max(0, request.Draws), Allowed / imagesPerDraw) : 0;
        var total = draws * imagesPerDraw;
        if (total * Settings.ItemBytes > MaxAnswerBytes)
        {
            throw new DistGanException(
                $"A replay of {draws} draws of {imagesPerDraw} images of {Settings.ItemBytes} bytes is above {MaxAnswerBytes} bytes for one answer: lower topology.round-steps or techniques.experience-replay.share.");
        }

        var answer = new Answer((int)total, Settings.ItemBytes);
        var random = new SplitMix64(request.Seed);
        var run = request.Grouped ? imagesPerDraw : 1;
        while (answer.Filled < total)
        {
            var (group, place) = Find(Next(kinds, ref random, run));
            for (var i = 0; i < run; i++)
            {
                answer.Add(group, (place + i) % group.Count);
            }
        }

        _drawn += total;
        return answer.Close((int)draws, this);
    }

    /// <summary>Images that a replica has stored here.</summary>
    public long CountOf(int replica) => _byReplica.GetValueOrDefault(replica)?.Count ?? 0;

    /// <summary>The groups stored now, oldest first; they share memory with the ring.</summary>
    public StoredGroup[] Capture() => _groups.GetRange(_oldest, _groups.Count - _oldest).ToArray();

    private static ReadOnlyMemory<byte> Kept(ReadOnlyMemory<byte> images)
        => MemoryMarshal.TryGetArray(images, out var array) && array.Count == array.Array!.Length ? images : images.ToArray();

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

    /// <summary>The number of the image at which the next run begins.</summary>
    private long Next(in ReplayKinds kinds, ref SplitMix64 random, int run)
    {
        if (Settings.Selection == ReplaySelection.Fifo)
        {
            var start = _cursor < First || _cursor >= _next ? First : _cursor;
            var next = kinds.Differ ? kinds.Next(start, run, ref random) : start;
            _cursor = next + run;
            return next;
        }

        if (!kinds.Differ)
        {
            return First + Select(Count, ref random);
        }

        var own = kinds.TakesOwn(ref random);
        return kinds.At(own, Select(kinds.Count(own), ref random));
    }

    /// <summary>One of so many images, the oldest being 0.</summary>
    private long Select(long count, ref SplitMix64 random)
    {
        if (Settings.Selection == ReplaySelection.Uniform)
        {
            return random.Below(count);
        }

        var (halfLife, u) = (Settings.HalfLife, random.Fraction());
        var age = (long)(-halfLife * count * Math.Log2(1 - (u * (1 - Math.Pow(2, -1 / halfLife)))));
        return Math.Clamp(count - 1 - age, 0, count - 1);
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
            Drop();
        }

        if (!_byReplica.TryGetValue(header.Replica, out var own))
        {
            _byReplica.Add(header.Replica, own = new OwnImages());
        }

        own.Add(_next, count);
        _inserted += count;
        _groups.Add(new StoredGroup(header.Replica, header.Step, _next, count, images[..(count * Settings.ItemBytes)]));
        _next += count;
        if (_oldest > 64 && _oldest > _groups.Count / 2)
        {
            _groups.RemoveRange(0, _oldest);
            _oldest = 0;
        }
    }

    private void Drop()
    {
        _byReplica[_groups[_oldest].Replica].RemoveOldest();
        _groups[_oldest++] = default;
    }

    private (StoredGroup Group, int Place) Find(long ordinal)
    {
        var groups = CollectionsMarshal.AsSpan(_groups);
        int low = _oldest, high = groups.Length - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (groups[middle].First <= ordinal)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return (groups[low], (int)(ordinal - groups[low].First));
    }

    private sealed class Answer(int images, int itemBytes)
    {
        private readonly byte[] _images = GC.AllocateUninitializedArray<byte>(images * itemBytes);
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

        public ReplayAnswer Close(int draws, ReplayRing ring) => new()
        {
            Draws = draws,
            Images = _images,
            Steps = _steps,
            Replicas = _replicas,
            StoredBytes = ring.StoredBytes,
            BudgetBytes = ring.Settings.BudgetBytes,
            Tally = ring.Tally,
        };
    }
}
