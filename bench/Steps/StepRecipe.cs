using DistGan.Recipes;

namespace DistGan.Bench.Steps;

/// <summary>The game that both sides play: the networks of preset fashion, no techniques, no boundary within the measurement.</summary>
internal static class StepRecipe
{
    public static Recipe Create(BenchSetting setting) => Presets.Get("fashion").Make() with
    {
        Seed = setting.Seed,
        Precision = setting.Precision,
        Techniques = new(),
        Topology = new() { RoundSteps = setting.RoundSteps },
    };
}
