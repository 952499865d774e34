using DistGan.Client.CommandLine;
using DistGan.Client.Jobs;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Data;
using DistGan.Grains.Interfaces.Storage;
using DistGan.Hosting.Storage;
using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Data.Sources;
using DistGan.Training.Snapshots;
using DistGan.Training.Steps;
using DistGan.Training.Techniques;
using DistGan.Worker.Data;
using DistGan.Worker.Snapshots;

namespace DistGan.Client.Runs;

/// <summary>A run folder opened for use: its recipe, and the snapshot of one replica. What 'generate', 'export', 'evaluate' and their like start from.</summary>
public sealed class TrainedRun
{
    private const string Averaged = ExponentialMovingAverage.File;
    private const string Plain = "generator";

    private readonly IObjectStore _store;
    private readonly StoredSnapshot _snapshot;

    private TrainedRun(string folder, Recipe recipe, IObjectStore store, StoredSnapshot snapshot, SampleShape shape)
        => (Folder, Recipe, _store, _snapshot, Shape) = (folder, recipe, store, snapshot, shape);

    /// <summary>The classes of the data where it was trained with labels; null elsewhere.</summary>
    public DataLabels? Labels => Manifest.Labels;

    /// <summary>What a row of the generator's input is made of.</summary>
    public LatentLayout Layout => LatentLayout.Of(Recipe, Labels?.Classes ?? 0);

    /// <summary>Absolute path of the run folder.</summary>
    public string Folder { get; }

    /// <summary>What was trained, complete.</summary>
    public Recipe Recipe { get; }

    /// <summary>The shape of one sample.</summary>
    public SampleShape Shape { get; }

    /// <summary>Which replica the weights are of.</summary>
    public int Replica => _snapshot.Manifest.Replica;

    /// <summary>The step of the snapshot.</summary>
    public long Step => _snapshot.Manifest.Step;

    /// <summary>The manifest of the snapshot.</summary>
    public SnapshotManifest Manifest => _snapshot.Manifest;

    /// <summary>SHA-256 of the file that <see cref="OpenGenerator"/> takes the weights from.</summary>
    public string WeightsSha256(bool averaged = true) => Manifest.Files[SnapshotFile(averaged)].Sha256;

    /// <summary>Opens the newest good snapshot of a run.</summary>
    /// <param name="asked">The folder as the user wrote it.</param>
    /// <param name="replica">Which replica; null is the one with the best last evaluation.</param>
    /// <param name="warn">Told of damaged snapshots that are passed over.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CommandException">There is no such run, replica or snapshot.</exception>
    public static async Task<TrainedRun> OpenAsync(string asked, int? replica, Action<string> warn, CancellationToken cancellationToken)
    {
        var folder = RunFolder.Existing(asked, Environment.CurrentDirectory);
        var recipe = RecipeSource.OfRun(folder);
        var store = new DirectoryObjectStore(folder);
        var ordinal = replica ?? BestReplica.Of(folder, recipe);
        if (!recipe.Topology.TrainsGenerator(ordinal))
        {
            throw new CommandException(ExitCodes.NotFound, $"Replica {ordinal} of the run '{asked}' has only a discriminator (topology.kind = {recipe.Topology.Kind}): the generator is that of replica 0; leave --replica away.");
        }

        var snapshot = await SnapshotReader.FindNewestAsync(store, "", ordinal, warn, cancellationToken)
            ?? throw new CommandException(ExitCodes.NotFound, Missing(folder, asked, ordinal));
        return new TrainedRun(folder, recipe, store, snapshot, ShapeOf(snapshot.Manifest, recipe));
    }

    /// <summary>The generator's weights, or those of its moving average where the run has one and it is asked for.</summary>
    public async Task<IReadOnlyList<NamedArray>> ReadWeightsAsync(bool averaged, CancellationToken cancellationToken)
        => await ReadFileAsync(SnapshotFile(averaged), cancellationToken);

    /// <summary>Weights and statistics of both players, and of the average where the run has one.</summary>
    public async Task<StartWeights> ReadPlayersAsync(CancellationToken cancellationToken) => new(
        await ReadFileAsync($"{Plain}.safetensors", cancellationToken),
        await ReadFileAsync("discriminator.safetensors", cancellationToken),
        Manifest.Files.ContainsKey($"{Averaged}.safetensors") ? await ReadFileAsync($"{Averaged}.safetensors", cancellationToken) : null);

    /// <summary>The generator, ready to be asked; the caller disposes it.</summary>
    public async Task<TrainedGenerator> OpenGeneratorAsync(CancellationToken cancellationToken, bool averaged = true)
        => new(Recipe, Shape, await ReadWeightsAsync(averaged, cancellationToken), labels: Labels);

    /// <summary>
    /// Makes sure that the data can be opened where a cluster trained on uploaded files: a copy of this machine serves, then the store that the run folder lies in,
    /// then the path that was uploaded.
    /// </summary>
    /// <exception cref="CommandException">None of them is here.</exception>
    public async Task FetchDataAsync(CancellationToken cancellationToken)
    {
        var places = DataPlaces.OfUser();
        if (Recipe.Data.Stored is not { } id || Directory.Exists(places.StoredFolder(id)))
        {
            return;
        }

        var root = Path.GetFullPath(Path.Combine(Folder, "..", ".."));
        if (File.Exists(Path.Combine(root, StoredDataFiles.Manifest(id))))
        {
            using var cache = new StoredDataCache(places, TimeProvider.System);
            _ = await cache.FetchAsync(new StoreDataSource(new DirectoryObjectStore(root)), id, static () => false, cancellationToken);
        }
        else if ((Recipe.Data.Folder ?? Recipe.Data.Idx) is { } path && !Path.Exists(path))
        {
            throw new CommandException(ExitCodes.NotFound, $"The data of this run were uploaded from {path}, which is not on this machine, and no copy of them is in {places.Stored}: do this where they are, or with the run folder in the store of its cluster.");
        }
    }

    private string SnapshotFile(bool averaged)
        => (averaged && Manifest.Files.ContainsKey($"{Averaged}.safetensors") ? Averaged : Plain) + ".safetensors";

    private async Task<IReadOnlyList<NamedArray>> ReadFileAsync(string name, CancellationToken cancellationToken)
    {
        await using var file = await _store.OpenAsync(_snapshot.Folder + name, cancellationToken)
            ?? throw new DistGanException($"{name} of snapshot {_snapshot.Folder} is gone while it was being read: try again.");
        return Safetensors.Read(file, _snapshot.Folder + name);
    }

    private static SampleShape ShapeOf(SnapshotManifest manifest, Recipe recipe)
    {
        if (manifest.SampleShape is [var channels, var height, var width])
        {
            return new SampleShape(channels, height, width);
        }

        using var data = DataCatalog.Open(recipe.Data, recipe.Seed);
        return data.Shape;
    }

    private static string Missing(string folder, string asked, int ordinal)
    {
        var others = Enumerable.Range(0, RecipeSource.OfRun(folder).Topology.Replicas).Where(other => SnapshotFolders.StepsOf(folder, other).Count > 0).ToList();
        return others.Count == 0
            ? $"The run '{asked}' has no snapshot: the first one comes after snapshots.every-steps steps, or when it is interrupted; train with: {CommandForm.Of("train", Path.Combine(asked, RunFiles.Recipe))}"
            : $"Replica {ordinal} of the run '{asked}' has no snapshot; these have: {string.Join(", ", others)}.";
    }
}
