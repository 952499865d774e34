using DistGan.Recipes;

namespace DistGan.Recipes.Tests.Validation;

public sealed class PopulationRulesTests
{
    private static readonly TopologyRecipe Four = new() { Kind = "population", Replicas = 4 };

    [Fact]
    public void Validate_EverythingWrong_IsToldAtOnce()
    {
        var recipe = With(new PopulationRecipe { Factors = ["0.8", "fast"], Vary = ["batch", "generator.optimiser.rate"], Objectives = ["hing", "vae", "wgan-gp", "began"] }) with { Evaluation = null };

        var errors = RecipeValidator.Validate(recipe with { Topology = recipe.Topology with { Replicas = 1 } });

        Assert.Equal(
            ["topology.population.factors", "topology.replicas", "evaluation", "topology.population.vary", "topology.population.vary",
                "topology.population.objectives", "topology.population.objectives", "topology.population.objectives", "topology.population.objectives"],
            errors.Select(static error => error.Key));
        Assert.Contains("cannot vary", errors[3].Message, StringComparison.Ordinal);
        Assert.Contains("did you mean 'generator.optimizer.rate'", errors[4].Message, StringComparison.Ordinal);
        Assert.Contains("did you mean 'hinge'", errors[5].Message, StringComparison.Ordinal);
        Assert.Contains("another discriminator", errors[7].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1001")]
    [InlineData("-1")]
    [InlineData("1e-9")]
    public void Validate_FactorOutOfBounds_IsRefused(string factor)
        => Assert.Equal(["topology.population.factors"], RecipeValidator.Validate(With(new PopulationRecipe { Factors = ["2", factor] })).Select(static error => error.Key));

    [Fact]
    public void Parse_APopulation_ReadsWhatItWrites()
    {
        var recipe = RecipeReader.Parse("""
            topology:
              kind: population
              replicas: 8
              population: { every-steps: 500, fraction: 0.2, factors: [0.5, 2.0e0], vary: [objective.penalty], objectives: [wgan-gp, dragan] }
            objective: wgan-gp
            """);

        Assert.Equal(With(new PopulationRecipe { EverySteps = 500, Fraction = 0.2, Factors = ["0.5", "2.0e0"], Vary = ["objective.penalty"], Objectives = ["wgan-gp", "dragan"] }).Topology with { Replicas = 8 }, recipe.Topology);
        Assert.Equal(recipe, RecipeReader.Parse(RecipeWriter.ToYaml(recipe)));
        Assert.Equal([0.5, 2], recipe.Topology.Population.FactorValues());
    }

    [Theory]
    [InlineData("label_accuracy", false)]
    [InlineData("memorisation", false)]
    [InlineData("prdc", true)]
    [InlineData("auto", true)]
    public void Validate_Metrics_NeedOneThatRanks(string metric, bool isAllowed)
    {
        var recipe = With(new PopulationRecipe()) with { Conditioning = new ConditionalGanRecipe(), Evaluation = new() { Metrics = [metric] } };

        Assert.Equal(isAllowed ? [] : ["evaluation.metrics"], RecipeValidator.Validate(recipe).Select(static error => error.Key));
    }

    [Fact]
    public void Validate_NothingVaries_IsRefused()
    {
        Assert.Equal(["topology.population.vary"], RecipeValidator.Validate(With(new PopulationRecipe { Vary = null })).Select(static error => error.Key));
        Assert.Empty(RecipeValidator.Validate(With(new PopulationRecipe { Vary = null, Objectives = ["hinge", "least-squares"] })));
    }

    [Fact]
    public void Validate_KeyOfAPartThatIsOff_IsRefusedUntilItIsOn()
    {
        var recipe = With(new PopulationRecipe { Vary = ["techniques.r1.gamma"] });

        Assert.Equal(["topology.population.vary"], RecipeValidator.Validate(recipe).Select(static error => error.Key));
        Assert.Empty(RecipeValidator.Validate(recipe with { Techniques = new() { R1 = new() } }));
    }

    [Fact]
    public void Warnings_ComparedOrStoredTooRarely_AreNamed()
    {
        var rare = With(new PopulationRecipe { EverySteps = 400 });

        Assert.Equal(["topology.population.every-steps", "topology.population.every-steps"], RecipeValidator.Warnings(rare).Select(static warning => warning.Key));
        Assert.Empty(RecipeValidator.Warnings(With(new PopulationRecipe())));
        Assert.Equal(["topology.population"], RecipeValidator.Warnings(rare with { Topology = rare.Topology with { Kind = "independent" } }).Select(static warning => warning.Key));
    }

    private static Recipe With(PopulationRecipe population) => new() { Topology = Four with { Population = population } };
}
