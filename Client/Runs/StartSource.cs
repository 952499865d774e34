using System.Security.Cryptography;
using DistGan.Client.CommandLine;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Storage;
using DistGan.Hosting.Storage;
using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Export;
using DistGan.Training.Snapshots;
using DistGan.Training.Steps;

namespace DistGan.Client.Runs;

/// <summary>Where a new run takes its first weights from: another run, a file with a generator, or what stands beside its recipe.</summary>
public sealed class StartSource
{
    private const int MostMisfits = 8;

    private readonly StartWeights _weights;

    private StartSource(string name, StartWeights weights, Recipe? recipe) => (Name, _weights, Recipe) = (name, weights, recipe);

    /// <summary>What it is, for a person.</summary>
    public string Name { get; }

    /// <summary>The recipe of the other run, or the one that an exported file carries; null for other files.</summary>
    public Recipe? Recipe { get; }

    /// <summary>Opens a run folder, or a safetensors file.</summary>
    /// <param name="asked">As the user wrote it.</param>
    /// <param name="replica">Which replica of a run; null is the best.</param>
    /// <param name="warn">Told of damaged snapshots that are passed over.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CommandException">There is no such run or file.</exception>
    public static async Task<StartSource> OpenAsync(string asked, int? replica, Action<string> warn, CancellationToken cancellationToken)
    {
        if (File.Exists(asked) || asked.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase))
        {
            return replica is null
                ? OfFile(asked)
                : throw new CommandException(ExitCodes.Usage, $"--replica {replica} belongs to a run, but --from {asked} is a file; leave it away.");
        }

        var run = await TrainedRun.OpenAsync(asked, replica, warn, cancellationToken);
        var weights = await run.ReadPlayersAsync(cancellationToken);
        return new StartSource($"{asked}, step {run.Step}", weights, run.Recipe with { Start = null });
    }

    /// <summary>What a recipe that names start weights begins with: they stand beside it in the folder of the run that it is from.</summary>
    /// <exception cref="CommandException">They do not, or are others.</exception>
    public static StartSource Beside(string? recipeFile, StartRecipe start)
    {
        var path = recipeFile is null ? null : Path.Combine(Path.GetDirectoryName(Path.GetFullPath(recipeFile))!, start.Weights);
        if (path is null || !File.Exists(path))
        {
            throw new CommandException(ExitCodes.Usage, $"start.weights = {start.Weights}: there is no such file beside the recipe; give the weights with --from RUN_DIR, or begin at random with --set start=false.");
        }

        var actual = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
        return start.Sha256 is null || start.Sha256 == actual
            ? new StartSource(path, StartWeights.FromArrays(ReadFile(path, out _)), null)
            : throw new CommandException(ExitCodes.Usage, $"start.sha256 = {start.Sha256}: the file {path} has {actual}; put the old file back, or give other weights with --from.");
    }

    /// <exception cref="CommandException">The weights do not fit the networks of a recipe; every array that does not is named.</exception>
    public void ThrowIfUnfit(Recipe recipe, SampleShape shape, int classes)
    {
        var misfits = _weights.Misfits(recipe, shape, classes);
        if (misfits.Count > 0)
        {
            throw new CommandException(ExitCodes.Usage,
                $"The weights of {Name} do not fit the networks of the recipe{Difference(recipe)}; nothing was started. Take the networks of that run, or begin at random without --from.{Environment.NewLine}"
                + string.Join(Environment.NewLine, Shorten(misfits).Select(static misfit => $"  {misfit}")));
        }
    }

    /// <summary>An exported file knows the names of its data, but not where they are.</summary>
    /// <exception cref="CommandException">They are not where the recipe says.</exception>
    public void ThrowIfDataAreMissing(Recipe recipe)
    {
        var data = recipe.Data;
        if (data.Stored is not null || data.Shared)
        {
            return; // uploaded, or where workers see them
        }

        if (data.Folder is { } folder && !Directory.Exists(folder))
        {
            throw new CommandException(ExitCodes.Usage, $"The recipe of {Name} learns from the folder '{folder}', which is not here; say where it is with --set data.folder=DIR, or take other data with --set data.name=NAME.");
        }

        (string Key, string? Path)[] files = data.Idx is null ? [] : [("idx", data.Idx), ("labels", data.Labels)];
        foreach (var (key, path) in files.Where(static file => file.Path is not null && !File.Exists(file.Path)))
        {
            throw new CommandException(ExitCodes.Usage, $"The recipe of {Name} learns from the file '{path}', which is not here; say where it is with --set data.{key}=FILE, or take other data with --set data.name=NAME.");
        }
    }

    /// <summary>Puts the weights into a new run folder, where any worker finds them.</summary>
    /// <returns>The recipe that begins with them.</returns>
    public async Task<Recipe> PutAsync(string folder, Recipe recipe, CancellationToken cancellationToken)
    {
        var bytes = ToBytes();
        await new DirectoryObjectStore(folder).PutAsync(RunFiles.StartWeights, bytes, PutCondition.None, cancellationToken);
        return recipe with { Start = Describe(bytes) };
    }

    /// <summary>The weights as the object that a run begins with.</summary>
    public byte[] ToBytes()
    {
        using var file = new MemoryStream();
        Safetensors.Write(file, _weights.ToArrays());
        return file.ToArray();
    }

    /// <summary>What a recipe says of such an object.</summary>
    public static StartRecipe Describe(byte[] weights) => new() { Weights = RunFiles.StartWeights, Sha256 = Convert.ToHexStringLower(SHA256.HashData(weights)) };

    private static StartSource OfFile(string path)
    {
        var arrays = ReadFile(path, out var recipe);
        return new StartSource(path, new StartWeights(arrays, null, null), recipe is null ? null : recipe with { Start = null });
    }

    /// <summary>What most arrays that do not fit have for their one cause.</summary>
    private string Difference(Recipe recipe)
    {
        if (Recipe is not { } other)
        {
            return "";
        }

        var (ours, theirs) = (Networks(recipe, withWidths: false), Networks(other, withWidths: false));
        (ours, theirs) = ours == theirs ? (Networks(recipe, withWidths: true), Networks(other, withWidths: true)) : (ours, theirs);
        return ours == theirs ? "" : $": the networks differ, {theirs} against {ours}";
    }

    private static string Networks(Recipe recipe, bool withWidths)
    {
        var (generator, discriminator) = (recipe.Generator, recipe.Discriminator);
        var networks = generator.Network == discriminator.Network ? generator.Network : $"{generator.Network} and {discriminator.Network}";
        return withWidths ? $"{networks} {generator.Width}/{discriminator.Width}" : networks;
    }

    private static IEnumerable<string> Shorten(IReadOnlyList<string> misfits)
        => misfits.Count <= MostMisfits ? misfits : misfits.Take(MostMisfits).Append($"… and {misfits.Count - MostMisfits} more arrays");

    private static IReadOnlyList<NamedArray> ReadFile(string path, out Recipe? recipe)
    {
        try
        {
            using var file = File.OpenRead(path);
            var arrays = Safetensors.Read(file, path, out var metadata);
            recipe = GeneratorFile.RecipeOf(metadata);
            return arrays;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CommandException(ExitCodes.NotFound, $"There is no file '{path}' with weights; check the path.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DistGanException)
        {
            throw new CommandException(ExitCodes.Usage, $"The weights cannot be read: {exception.Message}", exception);
        }
    }
}
