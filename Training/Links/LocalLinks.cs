using DistGan.Recipes;
using DistGan.Training.Data;

namespace DistGan.Training.Links;

/// <summary>
/// Links of a replica that trains alone, without a cluster: its history lies in this process's memory, and every answer is there at
/// the next boundary. What a replica asks for at boundary k−1 it uses in round k+1, as in a job.
/// </summary>
public static class LocalLinks
{
    /// <summary>Links for a recipe: replay with the recipe's budget, averages, and reports to a method.</summary>
    /// <param name="recipe">What is trained.</param>
    /// <param name="shape">The shape of one sample.</param>
    /// <param name="report">Called once a round on the training thread; nobody is told without it.</param>
    public static ReplicaLinks For(Recipe recipe, SampleShape shape, Action<RoundReport>? report = null)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        var budget = recipe.Techniques.ExperienceReplay?.BudgetBytes ?? 0;
        return new(new LocalReplay(ReplayItemSize.Of(recipe, shape), budget), new LocalParameters(), new LocalReports(report));
    }

    private sealed class LocalReports(Action<RoundReport>? report) : IReportSink
    {
        public void Report(RoundReport round) => report?.Invoke(round);
    }
}
