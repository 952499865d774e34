using System.Text.Json.Nodes;
using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Snapshots;
using DistGan.Training.Steps;
using DistGan.Training.Tests.Steps;
using TorchSharp;

namespace DistGan.Training.Tests.Contracts;

/// <summary>
/// What every recipe that validation allows must keep: finite losses, gradients and reports, the same number of tensors after each
/// step, and a restored replica that goes on bit for bit.
/// </summary>
internal static class TrainingContract
{
    /// <summary>
    /// Steps until everything has happened that a short recipe does: answers of the links are used from step 5 on, and a balance of these recipes leaves a player out for
    /// two steps at most. What is measured for the first time makes a sum, which is one tensor more.
    /// </summary>
    private const int Before = 7;

    private const int After = 2;

    /// <summary>Lines for one combination: where one number of a resumed run differs, most do.</summary>
    private const int MostLines = 4;

    /// <summary>What each combination breaks, one line for each.</summary>
    public static IReadOnlyList<string> Violations(IEnumerable<Combination> combinations)
    {
        // Tensors of tests are so small that threads only wait for each other.
        var threads = torch.get_num_threads();
        torch.set_num_threads(1);
        try
        {
            TensorCount.Settle();
            return [.. combinations.Where(static combination => combination.IsAllowed)
                .SelectMany(static combination => Violations(combination.Recipe).Take(MostLines).Select(problem => $"{combination.Name}: {problem}"))];
        }
        finally
        {
            torch.set_num_threads(threads);
        }
    }

    private static List<string> Violations(Recipe recipe)
    {
        var outside = torch.Tensor.TotalCount;
        List<string> problems = [];
        try
        {
            Run(recipe, 0, problems);
            if (!recipe.Topology.TrainsGenerator(1))
            {
                Run(recipe, 1, problems);
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            problems.Add($"{e.GetType().Name}: {e.Message.Split('\n')[0]}");
        }

        if (torch.Tensor.TotalCount != outside)
        {
            problems.Add($"{torch.Tensor.TotalCount - outside} tensors are left when the replica is disposed");
            TensorCount.Settle();
        }

        return problems;
    }

    private static void Run(Recipe recipe, int ordinal, List<string> problems)
    {
        var shape = recipe.Data.Name == "ring" ? SampleShape.Point(2) : TinyRecipes.Shape;
        var data = new PatternDataSet(shape, classes: 3);
        var links = new RecordedLinks(recipe, shape);
        using var replica = ReplicaFactory.Create(recipe, data, ordinal, links.Links, torch.CPU);
        for (var step = 1; step <= Before; step++)
        {
            Advance(replica, problems);
        }

        var (state, shared) = (Copy(replica.Capture()), links.Copy());
        var tensors = torch.Tensor.TotalCount;
        for (var step = 1; step <= After; step++)
        {
            Advance(replica, problems);
            if (torch.Tensor.TotalCount != tensors)
            {
                problems.Add($"{torch.Tensor.TotalCount - tensors} tensors more after step {replica.Step}");
                tensors = torch.Tensor.TotalCount;
            }
        }

        problems.AddRange(links.Reports.SelectMany(static report => report.Values.Where(static value => !double.IsFinite(value.Value)).Select(value => $"{value.Key} is {value.Value} in the report of step {report.Step}")));
        using var restored = ReplicaFactory.Create(recipe, data, ordinal, shared.Links, torch.CPU);
        restored.Restore(state);
        TinyRecipes.Advance(restored, After);
        problems.AddRange(ReplicaStates.Differences(replica.Capture(), restored.Capture()).Select(static difference => $"resumed, {difference}"));
        problems.AddRange(ReplicaStates.Differences(links.Reports[^shared.Reports.Count..], shared.Reports).Select(static difference => $"resumed, {difference}"));
    }

    private static void Advance(Replica replica, List<string> problems)
    {
        replica.Advance();
        foreach (var model in new[] { replica.Generator, replica.Discriminator })
        {
            using var scope = torch.NewDisposeScope();
            foreach (var (name, vector) in new[] { ("gradient", model.Parameters.Gradient), ("parameters", model.Parameters.Values), ("buffers", model.Buffers.Values) })
            {
                if (!vector.isfinite().all().item<bool>())
                {
                    problems.Add($"{name} of the {model.Player} are not finite after step {replica.Step}");
                }
            }
        }
    }

    private static ReplicaState Copy(ReplicaState state) => state with { Counters = JsonNode.Parse(state.Counters.ToJsonString())!.AsObject() };
}
