using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Features;
using static TorchSharp.torch;

namespace DistGan.Training.Metrics;

/// <summary>
/// The real side of feature scores: a frozen network and the features of real images, computed once, when they are first asked
/// for, and shared by several metrics. Freed with the last user.
/// </summary>
public sealed class RealFeatures : IDisposable
{
    /// <summary>Real images whose features are taken, at most, evenly spread over the data set.</summary>
    public const int Most = 10_000;

    private readonly IReadOnlyList<long>? _items;
    private readonly RealFeatures? _whole;
    private readonly Action<long>? _done;
    private FeatureStatistics? _statistics;
    private Tensor? _all;
    private int _users = 1;

    /// <param name="network">Freed with this.</param>
    /// <param name="data">The recipe's data set; stays the caller's.</param>
    /// <param name="seed">Origin of every random choice among real images.</param>
    /// <param name="done">Hears how many real images the network has seen so far; may be null.</param>
    public RealFeatures(IFeatureNetwork network, IDataSet data, long seed = 0, Action<long>? done = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        (Network, Data, Seeds, _done) = (network, data, new SeedSequence(seed, 0), done);
    }

    private RealFeatures(RealFeatures whole, IReadOnlyList<long> items)
        : this(whole.Network, whole.Data, whole.Seeds.Seed)
        => (_whole, _items) = (whole.Share(), items);

    public IFeatureNetwork Network { get; }

    public IDataSet Data { get; }

    /// <summary>Seeds of choices among real images.</summary>
    public SeedSequence Seeds { get; }

    /// <summary>Number of real images whose features are taken.</summary>
    public int Count => _items?.Count ?? (int)Math.Min(Data.Count, Most);

    /// <summary>Which real images these are, by index in the data set.</summary>
    public IReadOnlyList<long> Items => _items ?? [.. Enumerable.Range(0, Count).Select(i => i * Data.Count / Count)];

    /// <summary>Whether images were left out on purpose.</summary>
    public bool IsPart => _items is not null;

    /// <summary>Features [<see cref="Count"/>, d]; not the caller's to dispose.</summary>
    public Tensor All => _all ??= Compute().DetachFromDisposeScope();

    /// <summary>The real distribution that a Fréchet distance compares with: the shipped statistics for clothes and digits under their classifier, otherwise those of <see cref="All"/>.</summary>
    public FeatureStatistics Statistics => _statistics ??= Shipped?.Reference() ?? FeatureStatistics.Of(All);

    /// <summary>What <see cref="Statistics"/> are of.</summary>
    public string StatisticsName => Shipped?.ReferenceName ?? Name;

    /// <summary>Data set and part whose features are <see cref="All"/>.</summary>
    public string Name => IsPart ? $"{Data.Name}, a part of the training data" : $"{Data.Name}, the training data themselves";

    private FeatureAssets? Shipped
        => Network is FeatureNetwork ? FeatureAssets.All.FirstOrDefault(assets => assets.Name == Network.Name && assets.Stem == FeatureCatalog.DefaultFor(Data)) : null;

    /// <summary>Counts one more user, who disposes it.</summary>
    public RealFeatures Share()
    {
        _users++;
        return this;
    }

    /// <summary>The same with only some of the real images, such as those that another draw left over; the caller disposes it.</summary>
    /// <param name="rows">Positions in <see cref="Items"/>.</param>
    public RealFeatures Part(IReadOnlyList<int> rows)
    {
        var items = Items;
        var part = new RealFeatures(this, [.. rows.Select(row => items[row])]);
        using var index = tensor(rows.Select(static row => (long)row).ToArray());
        part._all = All.index_select(0, index).DetachFromDisposeScope();
        return part;
    }

    /// <summary>Features [min(count, <see cref="Count"/>), d] of real images chosen at random, the same in every call; the caller disposes them.</summary>
    public Tensor Draw(int count, string purpose)
    {
        if (count >= Count)
        {
            return All.alias();
        }

        var order = Enumerable.Range(0, Count).Select(static i => (long)i).ToArray();
        Seeds.RandomFor(purpose).Shuffle(order);
        using var index = tensor(order[..count]);
        return All.index_select(0, index);
    }

    /// <summary>What every score under this network has in common.</summary>
    internal ScoreProvenance Provenance(string reference, long samples, string? protocol = null) => new()
    {
        FeatureNetwork = Network.Name,
        FeatureHash = Network.Hash,
        Resize = Network.Resize,
        Reference = reference,
        ReferenceSamples = samples,
        Protocol = protocol,
    };

    public void Dispose()
    {
        if (--_users != 0)
        {
            return;
        }

        _all?.Dispose();
        if (_whole is null)
        {
            Network.Dispose();
        }
        else
        {
            _whole.Dispose();
        }
    }

    private Tensor Compute() => FidMetric.FeaturesOf(Network, Data, Items, _done);
}
