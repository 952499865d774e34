using DistGan.Client.CommandLine;
using DistGan.Recipes;
using DistGan.Training.Native;
using DistGan.Training.Steps;
using TorchSharp;

namespace DistGan.Client.Runs;

/// <summary>Replaces what is automatic in a recipe by what it means on this machine, so that the run repeats byte for byte.</summary>
public static class RecipeFreezer
{
    /// <summary>Resolves threads (all cores, shared among the replicas), precision, and the places of data files.</summary>
    /// <exception cref="CommandException">There is no such device here.</exception>
    public static Recipe Freeze(Recipe recipe, string device)
    {
        Prepare(device);
        var threads = recipe.Threads ?? Math.Max(1, Environment.ProcessorCount / recipe.Topology.Replicas);
        torch.set_num_threads(threads);
        var data = WithFullPaths(recipe.Data);
        return PrecisionSelfTest.Resolve(recipe with { Threads = threads, Data = data }, torch.device(device));
    }

    /// <summary>Loads libtorch and looks for the device.</summary>
    /// <exception cref="CommandException">There is no such device here.</exception>
    public static void Prepare(string device)
    {
        NativeBackend.Load();
        Require(device);
    }

    /// <summary>The recipe with full paths of its data files.</summary>
    public static Recipe WithFullPaths(Recipe recipe) => recipe with { Data = WithFullPaths(recipe.Data) };

    private static DataRecipe WithFullPaths(DataRecipe data) => data with
    {
        Idx = FullPath(data.Idx),
        Folder = FullPath(data.Folder),
        Labels = data.Folder is not null ? data.Labels : FullPath(data.Labels),
        Base = DataFacts.OfCatalog(new DataRecipe { Name = data.Base }) is null ? Path.GetFullPath(data.Base) : data.Base,
    };

    private static string? FullPath(string? path) => path is null ? null : Path.GetFullPath(path);

    private static void Require(string device)
    {
        if (device == "cpu")
        {
            return;
        }

        var count = torch.cuda.is_available() ? torch.cuda.device_count() : 0;
        var index = int.Parse(device["cuda:".Length..]);
        if (index >= count)
        {
            var there = string.Join(", ", Enumerable.Range(0, count).Select(static number => $"cuda:{number}").Prepend("cpu"));
            throw new CommandException(ExitCodes.Usage, $"--device {device}: there is no such device here; the devices are {there}. 'distgan doctor' says more.");
        }
    }
}
