using DistGan.Recipes;

namespace DistGan.Recipes.Tests.Rules.Population;

public sealed class MemberValuesTests
{
    private const string GeneratorRate = "generator.optimizer.rate";
    private static readonly Recipe Two = Recipe(new PopulationRecipe { Factors = ["0.5", "2"] });

    [Fact]
    public void Vary_Numbers_AreTheOthersTimesADrawnFactor()
    {
        var donor = new Dictionary<string, string> { [GeneratorRate] = "0.001", ["discriminator.optimizer.rate"] = "0.004" };
        var seen = new HashSet<(string, string)>();
        for (var seed = 0; seed < 40; seed++)
        {
            var values = MemberValues.Vary(Two, donor, new Random(seed));
            seen.Add((values[GeneratorRate], values["discriminator.optimizer.rate"]));
        }

        Assert.Equal([("0.0005", "0.002"), ("0.0005", "0.008"), ("0.002", "0.002"), ("0.002", "0.008")], seen.Order());
    }

    [Fact]
    public void Vary_BeyondABound_StaysAtIt()
    {
        var recipe = Recipe(new PopulationRecipe { Factors = ["2"], Vary = ["techniques.label-smoothing.target", "generator.optimizer.beta1"] }) with { Techniques = new() { LabelSmoothing = new() { Target = 0.9 } } };

        var values = MemberValues.Vary(recipe, MemberValues.Initial(recipe, 0), new Random(1));

        // 1 is allowed for the one, and refused for the other, which stays as it was.
        Assert.Equal(("1", "0.5"), (values["techniques.label-smoothing.target"], values["generator.optimizer.beta1"]));
    }

    [Fact]
    public void Vary_Objectives_AreDrawnAndAnOptionThatOneLacksIsLeftOut()
    {
        var recipe = Recipe(new PopulationRecipe { Factors = ["2"], Vary = ["objective.penalty"], Objectives = ["wgan-gp", "dragan", "hinge"] }) with
        {
            Objective = new WassersteinGradientPenaltyRecipe { Penalty = 3 },
            Discriminator = new PlayerRecipe { Normalization = "none" },
        };
        var kinds = new HashSet<string>();
        for (var seed = 0; seed < 40; seed++)
        {
            var values = MemberValues.Vary(recipe, MemberValues.Initial(recipe, 0), new Random(seed));
            var applied = MemberValues.Apply(recipe, values);
            kinds.Add(applied.Objective.Kind);
            Assert.Equal(applied.Objective.Kind, values[MemberValues.Objective]);
            if (applied.Objective is WassersteinGradientPenaltyRecipe same)
            {
                Assert.Equal(6, same.Penalty);
            }
        }

        Assert.Equal(["dragan", "hinge", "wgan-gp"], kinds.Order());
    }

    [Fact]
    public void Initial_OfEachReplica_IsTheRecipesForTheFirstAndVariedOnceForTheOthers()
    {
        var first = MemberValues.Initial(Two, 0);
        var others = Enumerable.Range(1, 7).Select(replica => MemberValues.Initial(Two, replica)).ToList();

        Assert.Equal("0.0002", first[GeneratorRate]);
        Assert.All(others, static values => Assert.Contains(values[GeneratorRate], new[] { "0.0001", "0.0004" }));
        Assert.True(others.Select(static values => values[GeneratorRate]).Distinct().Count() == 2);
        Assert.Equal(others[2], MemberValues.Initial(Two, 3));
    }

    [Fact]
    public void Apply_Values_ChangeThoseKeysAlone()
    {
        var recipe = MemberValues.Apply(Two, new Dictionary<string, string> { [GeneratorRate] = "0.0125" });

        Assert.Equal(Two with { Generator = Two.Generator with { Optimizer = Two.Generator.Optimizer with { Rate = 0.0125 } } }, recipe);
        Assert.Equal(Two, MemberValues.Apply(Two, new Dictionary<string, string>()));
    }

    private static Recipe Recipe(PopulationRecipe population) => new() { Topology = new() { Kind = "population", Replicas = 4, Population = population } };
}
