using DistGan.Client.Runs;
using DistGan.Recipes;
using DistGan.Training.Champions;
using DistGan.Training.Data;
using DistGan.Training.Features;
using DistGan.Training.Metrics;
using TorchSharp;

namespace DistGan.Client.Champions;

/// <summary>Draws of a run's champions that are scored: of the whole set, in random order, and of each alone.</summary>
internal sealed class ChampionDraws : IDisposable
{
    private readonly ChampionSet _set;
    private readonly ChampionMixture _mixture;
    private readonly IReadOnlyDictionary<int, double> _shares;
    private IReadOnlyList<MixturePart>? _parts;

    private ChampionDraws(ChampionSet set, Distribution distribution)
    {
        (_set, _mixture) = (set, new ChampionMixture(set.Generators, set.Modes));
        _shares = distribution.Over([.. set.Generators.Keys], set.Modes.RealShares);
    }

    /// <summary>Opens the champions of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="request">Whose champions, how they are mixed.</param>
    /// <param name="context">Data and features that scores are computed with; another network than the judges' is opened beside it.</param>
    /// <param name="warn">Told of what is damaged and passed over.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CommandLine.CommandException">There are none, or not of a mode that is asked for.</exception>
    public static async Task<ChampionDraws> OpenAsync(
        TrainedRun run, Evaluating.EvaluateRequest request, MetricContext context, Action<string> warn, CancellationToken cancellationToken)
    {
        var data = context.Data;
        using var own = request.Features is not null && data.Shape.IsImage ? new RealFeatures(FeatureCatalog.Open(FeatureCatalog.DefaultFor(data), data.Shape), data) : null;
        var set = await ChampionSet.OpenAsync(run, request.Replica, own is null ? context : new MetricContext(data, own), warn, cancellationToken);
        try
        {
            return new ChampionDraws(set, request.Distribution ?? new Distribution(Distribution.Uniform, null));
        }
        catch
        {
            set.Dispose();
            throw;
        }
    }

    /// <summary>Samples of the set in random order, for scores that divide them; the caller disposes them.</summary>
    public torch.Tensor Draw(int count, long seed, Action<long> done)
    {
        using var drawn = _mixture.Draw(_shares, count, seed, done: done);
        _parts ??= drawn.Parts;
        var order = Enumerable.Range(0, count).Select(static i => (long)i).ToArray();
        new SeedSequence(seed, 0).RandomFor("champion-order").Shuffle(order);
        using var index = torch.tensor(order);
        return drawn.Samples.index_select(0, index);
    }

    /// <summary>Scores each champion alone.</summary>
    /// <param name="count">Samples of one draw.</param>
    /// <param name="seed">Origin of the latents, the same for all.</param>
    /// <param name="score">Scores samples and disposes them.</param>
    public IReadOnlyList<ChampionScores> Alone(int count, long seed, Func<Worker.Champions.Champion, torch.Tensor, IReadOnlyDictionary<string, double>> score)
        => [.. _set.Champions.Select(champion =>
        {
            var generator = _set.Generators[champion.Mode];
            using var latents = generator.Latents(count, seed);
            return new ChampionScores(champion, _parts?.FirstOrDefault(part => part.Mode == champion.Mode), score(champion, generator.Generate(latents)));
        })];

    public void Dispose() => _set.Dispose();
}
