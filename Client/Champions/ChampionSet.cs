using System.Text.Json.Nodes;
using DistGan.Client.CommandLine;
using DistGan.Client.Jobs;
using DistGan.Client.Runs;
using DistGan.Grains.Interfaces.Storage;
using DistGan.Hosting.Storage;
using DistGan.Recipes;
using DistGan.Training.Champions;
using DistGan.Training.Metrics;
using DistGan.Training.Steps;
using DistGan.Worker.Champions;

namespace DistGan.Client.Champions;

/// <summary>The champions of a run, ready to be drawn from: of each mode the best over all replicas, or over one.</summary>
internal sealed class ChampionSet : IDisposable
{
    private readonly Dictionary<int, TrainedGenerator> _generators = [];

    private ChampionSet(IReadOnlyList<Champion> champions, IModes modes) => (Champions, Modes) = (champions, modes);

    /// <summary>One a mode, in the order of modes.</summary>
    public IReadOnlyList<Champion> Champions { get; }

    /// <summary>Tells modes apart.</summary>
    public IModes Modes { get; }

    /// <summary>The generator of each mode that has a champion.</summary>
    public IReadOnlyDictionary<int, TrainedGenerator> Generators => _generators;

    /// <summary>Reads the champions of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="replica">Whose champions; null for all replicas.</param>
    /// <param name="context">The run's data and, for images, features under the network that judged them.</param>
    /// <param name="warn">Told of what is damaged and passed over.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CommandException">The run has no champions.</exception>
    public static async Task<ChampionSet> OpenAsync(TrainedRun run, int? replica, MetricContext context, Action<string> warn, CancellationToken cancellationToken)
    {
        var store = new DirectoryObjectStore(run.Folder);
        var champions = await ReadAsync(run, replica, store, warn, cancellationToken);
        var set = new ChampionSet(champions, ModeFinder.Find(run.Recipe.Techniques.ModeChampions!, context, run.Recipe.Seed));
        try
        {
            foreach (var champion in champions)
            {
                var weights = await ChampionFiles.WeightsAsync(store, "", champion, cancellationToken);
                set._generators.Add(champion.Mode, new TrainedGenerator(run.Recipe, run.Shape, weights, labels: run.Labels));
            }

            return set;
        }
        catch
        {
            set.Dispose();
            throw;
        }
    }

    /// <summary>Refuses, before anything slow is opened, where a run has no champions.</summary>
    /// <exception cref="CommandException">It has none.</exception>
    public static async Task ThrowIfNoneAsync(TrainedRun run, int? replica, CancellationToken cancellationToken)
        => await ReadAsync(run, replica, new DirectoryObjectStore(run.Folder), static _ => { }, cancellationToken);

    /// <summary>What a document says of them, with what each gave to a draw where there is one.</summary>
    public JsonArray Describe(IReadOnlyList<MixturePart>? parts = null) => new([.. Champions.Select(champion =>
    {
        var node = new JsonObject
        {
            ["mode"] = champion.Mode,
            ["replica"] = champion.Replica,
            ["step"] = champion.Step,
            ["quality"] = JsonOutput.Number(champion.Quality),
            ["standard_error"] = JsonOutput.Number(champion.StandardError),
            ["weights_sha256"] = champion.Sha256,
        };
        if (parts is not null)
        {
            var part = parts.FirstOrDefault(part => part.Mode == champion.Mode);
            node["count"] = part?.Count ?? 0;
            node["drawn"] = part?.Drawn ?? 0;
            node["acceptance"] = JsonOutput.Number(part?.Acceptance);
        }

        return (JsonNode)node;
    })]);

    public void Dispose()
    {
        foreach (var generator in _generators.Values)
        {
            generator.Dispose();
        }

        Modes.Dispose();
    }

    private static async Task<IReadOnlyList<Champion>> ReadAsync(TrainedRun run, int? replica, IObjectStore store, Action<string> warn, CancellationToken cancellationToken)
    {
        var replicas = replica is { } one ? [one] : Enumerable.Range(0, run.Recipe.Topology.Replicas);
        var shown = CommandForm.PathOf(run.Folder, Environment.CurrentDirectory);
        if (run.Recipe.Techniques.ModeChampions is null)
        {
            throw new CommandException(ExitCodes.NotFound, $"The run '{shown}' keeps no champions; train one that does with: {CommandForm.Of("train", "--set", "techniques.mode-champions={}")}");
        }

        var champions = await ChampionFiles.ReadBestAsync(store, "", replicas, warn, cancellationToken);
        return champions.Count > 0
            ? champions
            : throw new CommandException(ExitCodes.NotFound,
                $"{(replica is null ? "The" : $"Replica {replica} of the")} run '{shown}' has no champion yet: at no evaluation did {ChampionRule.LeastSamples} samples of one mode have a quality surely above 0; go on training with: {CommandForm.Of("train", "--resume", shown)} --steps N, or train with a greater techniques.mode-champions.samples.");
    }
}
