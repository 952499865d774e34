using System.Text.Json.Nodes;
using DistGan.Client.Champions;
using DistGan.Client.CommandLine;
using DistGan.Client.Display;
using DistGan.Client.Evaluating;
using DistGan.Client.Runs;
using DistGan.Recipes;
using DistGan.Training.Champions;
using DistGan.Training.Data;
using DistGan.Training.Features;
using DistGan.Training.Metrics;
using DistGan.Training.Steps;
using static TorchSharp.torch;

namespace DistGan.Client.Outputs;

/// <summary>Where <c>generate</c> takes its samples from: one generator, or the champions of a run.</summary>
internal sealed class SampleSource : IDisposable
{
    private readonly TrainedGenerator? _generator;
    private readonly Tensor? _latents;
    private readonly MixtureDraw? _mixture;
    private readonly JsonArray? _champions;
    private readonly string? _distribution;

    private SampleSource(string name, TrainedGenerator generator, Tensor latents)
        => (Name, _generator, _latents, Labels) = (name, generator, latents, generator.LabelsOf(latents));

    private SampleSource(string name, MixtureDraw mixture, JsonArray champions, string distribution)
        => (Name, _mixture, _champions, _distribution) = (name, mixture, champions, distribution);

    /// <summary>What the samples are of, for a person.</summary>
    public string Name { get; }

    /// <summary>The label of each sample; null where they have none, or come from champions.</summary>
    public IReadOnlyList<int>? Labels { get; }

    /// <summary>Opens what a request asks for.</summary>
    /// <param name="console">Hears of what takes long.</param>
    /// <param name="run">Whose samples.</param>
    /// <param name="request">From what they are drawn, and from which latents.</param>
    /// <param name="labels">As many of each of these, one label after the other and with the same z; none draws labels.</param>
    /// <param name="count">Samples of all labels together.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CommandException">There are no champions, or options do not go together.</exception>
    public static async Task<SampleSource> OpenAsync(
        CommandConsole console, TrainedRun run, GenerateRequest request, IReadOnlyList<int> labels, int count, CancellationToken cancellationToken)
    {
        if (request.Champions)
        {
            if (labels.Count > 0)
            {
                throw new CommandException(ExitCodes.Usage, $"--label {string.Join(',', request.Labels)}: champions are generators of modes and draw no label on demand; leave --champions away, or say with --distribution which modes.");
            }

            return await MixAsync(console, run, request, count, cancellationToken);
        }

        if (request.Distribution is { } distribution)
        {
            throw new CommandException(ExitCodes.Usage, $"--distribution {distribution.Text}: belongs to --champions; give that too, or leave it away.");
        }

        var generator = await run.OpenGeneratorAsync(cancellationToken, averaged: !request.Raw);
        var choices = labels.Count == 0 ? LatentGrid.Drawn(count) : LatentGrid.RowPerLabel(labels, count / labels.Count);
        return new SampleSource($"step {run.Step}", generator, generator.Latents(choices, request.Seed, request.Truncation));
    }

    /// <summary>Samples [count, …] from number <paramref name="start"/> on; the caller disposes them.</summary>
    public Tensor Take(int start, int count)
    {
        if (_mixture is not null)
        {
            return _mixture.Samples.narrow(0, start, count);
        }

        using var latents = _latents!.narrow(0, start, count);
        return _generator!.Generate(latents);
    }

    /// <summary>Adds which champions gave what to a document.</summary>
    public void AddTo(JsonObject document)
    {
        if (_champions is not null)
        {
            document.Remove("weights_sha256");
            document["distribution"] = _distribution;
            document["champions"] = _champions;
        }
    }

    /// <summary>Says which champions gave what.</summary>
    public void WriteTo(TextWriter writer)
    {
        foreach (var champion in _champions ?? [])
        {
            writer.WriteLine($"mode {champion!["mode"]}: {champion["count"]} samples of replica {champion["replica"]}, step {champion["step"]}, quality {Text.Number((double?)champion["quality"])}, accepted {Text.Number((double?)champion["acceptance"])}");
        }
    }

    public void Dispose()
    {
        _mixture?.Dispose();
        _latents?.Dispose();
        _generator?.Dispose();
    }

    private static async Task<SampleSource> MixAsync(CommandConsole console, TrainedRun run, GenerateRequest request, int count, CancellationToken cancellationToken)
    {
        if (request.Raw)
        {
            throw new CommandException(ExitCodes.Usage, "--raw: champions are kept as they were judged, averaged where the run averages; leave --raw or --champions away.");
        }

        await ChampionSet.ThrowIfNoneAsync(run, request.Replica, cancellationToken);
        var progress = new SteadyProgress(console.Error.WriteLine, console.Time);
        await run.FetchDataAsync(cancellationToken);
        using var data = DataCatalog.Open(run.Recipe.Data, run.Recipe.Seed);
        using var real = data.Shape.IsImage
            ? new RealFeatures(FeatureCatalog.Open(FeatureCatalog.DefaultFor(data), data.Shape), data, done: images => progress.Tell($"  features of {images} real images"))
            : null;
        using var set = await ChampionSet.OpenAsync(run, request.Replica, new MetricContext(data, real), damage => console.Error.WriteLine($"warning: {damage}"), cancellationToken);
        var distribution = request.Distribution ?? new Distribution(Distribution.Uniform, null);
        var shares = distribution.Over([.. set.Generators.Keys], set.Modes.RealShares);
        var mixture = new ChampionMixture(set.Generators, set.Modes).Draw(shares, count, request.Seed, request.Truncation, taken => progress.Tell($"  {taken} of {count} samples accepted"));
        return new SampleSource($"{Text.Count(set.Champions.Count, "champion")} of {set.Modes.Count} modes", mixture, set.Describe(mixture.Parts), distribution.Text);
    }
}
