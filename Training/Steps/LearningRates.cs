using DistGan.Recipes;

namespace DistGan.Training.Steps;

/// <summary>
/// Both players' learning rates: the recipe's rate × the share that the schedule gives the step × what rollbacks left of it × what the balance makes of it.
/// </summary>
public sealed class LearningRates(Recipe recipe, PlayerModel generator, PlayerModel discriminator)
{
    private readonly ScheduleRule _ofGenerator = ScheduleRule.Of(recipe.Generator.Optimizer, recipe);
    private readonly ScheduleRule _ofDiscriminator = ScheduleRule.Of(recipe.Discriminator.Optimizer, recipe);

    /// <summary>The factor on top of both schedules, 1 unless there was a rollback; counts from the next <see cref="SetFor"/>.</summary>
    public double Scale { get; set; } = 1;

    /// <summary>The factors of the update balance; counts from the next <see cref="SetFor"/>.</summary>
    public BalanceRates Balance { get; set; } = BalanceRates.Whole;

    /// <summary>Gives both optimisers their rate of step <paramref name="step"/>, counted from 1.</summary>
    public void SetFor(long step)
    {
        generator.Optimizer.Rate = recipe.Generator.Optimizer.Rate * _ofGenerator.ShareAt(step) * Scale * Balance.Generator;
        discriminator.Optimizer.Rate = recipe.Discriminator.Optimizer.Rate * _ofDiscriminator.ShareAt(step) * Scale * Balance.Discriminator;
    }

    /// <summary>Adds both rates of the last step to a report.</summary>
    public void Report(IDictionary<string, double> values)
    {
        values[MetricNames.GeneratorRate] = generator.Optimizer.Rate;
        values[MetricNames.DiscriminatorRate] = discriminator.Optimizer.Rate;
    }
}
