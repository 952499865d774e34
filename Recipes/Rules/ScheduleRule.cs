namespace DistGan.Recipes;

/// <summary>
/// The learning rate of step s of S as a share of the whole rate:
/// constant 1;
/// linear 1 − (1 − to)·max(0, s/S − start)/(1 − start);
/// cosine s/W up to step W, then to + (1 − to)·(1 + cos(π·(s − W)/(S − W)))/2.
/// </summary>
/// <remarks>A function of the step alone: what is resumed goes on with the rates of a run that was never stopped. After S the share stays as it is there.</remarks>
/// <param name="schedule">The kind and its options.</param>
/// <param name="lastStep">S; may be null only where the schedule needs no last step.</param>
public sealed class ScheduleRule(ScheduleRecipe schedule, long? lastStep)
{
    /// <summary>The rule of a player's optimiser in a recipe. A budget of images counts as the steps that show them.</summary>
    public static ScheduleRule Of(OptimizerRecipe optimizer, Recipe recipe) => new(optimizer.Schedule, LastStep(recipe));

    /// <summary>The last step of a recipe, or null where only time bounds it, or only images that a balance shows as many of as it finds right.</summary>
    public static long? LastStep(Recipe recipe)
        => recipe.Balance.IsFixed ? new BudgetRule(recipe.Budget).LastStep((long)recipe.Batch * recipe.Balance.Usual.Discriminator) : recipe.Budget.Steps;

    /// <summary>The share in [0, 1] of step <paramref name="step"/>, counted from 1.</summary>
    public double ShareAt(long step) => schedule switch
    {
        LinearScheduleRecipe linear => Linear(linear, Math.Min(1, step / (double)Last)),
        CosineScheduleRecipe cosine when step < cosine.WarmUpSteps => step / (double)cosine.WarmUpSteps,
        CosineScheduleRecipe cosine => Cosine(cosine, Math.Min(1, (step - cosine.WarmUpSteps) / (double)(Last - cosine.WarmUpSteps))),
        _ => 1,
    };

    private long Last => lastStep ?? throw new InvalidOperationException($"A schedule of kind {schedule.Kind} needs the last step.");

    private static double Linear(LinearScheduleRecipe linear, double done)
        => 1 - (1 - linear.To) * Math.Max(0, done - linear.Start) / (1 - linear.Start);

    private static double Cosine(CosineScheduleRecipe cosine, double done)
        => cosine.To + (1 - cosine.To) * (1 + Math.Cos(Math.PI * done)) / 2;
}
