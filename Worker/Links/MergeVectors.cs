using DistGan.Recipes;
using DistGan.Training.Links;

namespace DistGan.Worker.Links;

/// <summary>Merged vectors as they are written in grain keys and files.</summary>
internal static class MergeVectors
{
    public static IReadOnlyList<MergedVector> All { get; } = Enum.GetValues<MergedVector>();

    /// <summary>Running statistics, which an outer step must not move beyond what any replica has seen.</summary>
    public static bool IsStatistics(this MergedVector vector) => vector is MergedVector.DiscriminatorStatistics or MergedVector.GeneratorStatistics;

    public static string Key(this MergedVector vector) => vector switch
    {
        MergedVector.DiscriminatorParameters => "discriminator-parameters",
        MergedVector.DiscriminatorStatistics => "discriminator-statistics",
        MergedVector.GeneratorParameters => "generator-parameters",
        MergedVector.GeneratorStatistics => "generator-statistics",
        _ => throw new DistGanException($"There is no vector {vector}."),
    };
}
