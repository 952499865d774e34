namespace DistGan.Recipes;

/// <summary>The explicit catalogs of polymorphic recipe parts: a name, and a maker of its defaults.</summary>
public static class RecipeKinds
{
    public static IReadOnlyDictionary<string, Func<ObjectiveRecipe>> Objectives { get; } =
        new Dictionary<string, Func<ObjectiveRecipe>>
        {
            ["minimax"] = static () => new MinimaxRecipe(),
            ["non-saturating"] = static () => new NonSaturatingRecipe(),
            ["least-squares"] = static () => new LeastSquaresRecipe(),
            ["wasserstein"] = static () => new WassersteinRecipe(),
            ["wgan-gp"] = static () => new WassersteinGradientPenaltyRecipe(),
            ["dragan"] = static () => new DraganRecipe(),
            ["ebgan"] = static () => new EnergyBasedRecipe(),
            ["began"] = static () => new BoundaryEquilibriumRecipe(),
            ["vae"] = static () => new VariationalRecipe(),
            ["hinge"] = static () => new HingeRecipe(),
            ["relativistic"] = static () => new RelativisticRecipe(),
        };

    public static IReadOnlyDictionary<string, Func<ConditioningRecipe>> Conditionings { get; } =
        new Dictionary<string, Func<ConditioningRecipe>>
        {
            ["none"] = static () => new UnconditionalRecipe(),
            ["cgan"] = static () => new ConditionalGanRecipe(),
            ["projection"] = static () => new ProjectionRecipe(),
            ["acgan"] = static () => new AuxiliaryClassifierRecipe(),
            ["infogan"] = static () => new InformationMaximizingRecipe(),
        };

    public static IReadOnlyDictionary<string, Func<OptimizerRecipe>> Optimizers { get; } =
        new Dictionary<string, Func<OptimizerRecipe>>
        {
            ["adam"] = static () => new AdamRecipe(),
            ["rmsprop"] = static () => new RmsPropRecipe(),
            ["sgd"] = static () => new SgdRecipe(),
        };

    public static IReadOnlyDictionary<string, Func<ScheduleRecipe>> Schedules { get; } =
        new Dictionary<string, Func<ScheduleRecipe>>
        {
            ["constant"] = static () => new ConstantScheduleRecipe(),
            ["linear"] = static () => new LinearScheduleRecipe(),
            ["cosine"] = static () => new CosineScheduleRecipe(),
        };

    public static IReadOnlyDictionary<string, Func<BalanceRecipe>> Balances { get; } =
        new Dictionary<string, Func<BalanceRecipe>>
        {
            ["static"] = static () => new StaticBalanceRecipe(),
            ["loss-change"] = static () => new LossChangeBalanceRecipe(),
            ["accuracy-gate"] = static () => new AccuracyGateBalanceRecipe(),
            ["sign-control"] = static () => new SignControlBalanceRecipe(),
        };
}
