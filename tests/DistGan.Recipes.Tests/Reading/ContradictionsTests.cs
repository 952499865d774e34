namespace DistGan.Recipes.Tests.Reading;

public sealed class ContradictionsTests
{
    [Theory]
    [InlineData("data.name=ring", "data.folder=photos")]
    [InlineData("data.folder=photos", "data.name=ring")]
    [InlineData("data={ folder: photos }", "data.idx=a.idx")]
    [InlineData("topology.replicas=3", "topology.replicas=2")]
    [InlineData("budget={ steps: 5 }", "budget.steps=7")]
    public void Find_TwoThatNoRecipeHas_NamesBoth(string first, string second)
    {
        var sentence = Assert.Single(Contradictions.Find([(first, "--one"), (second, "--two")]));

        Assert.Equal("--one and --two contradict each other; give one of them.", sentence);
    }

    [Theory]
    [InlineData("seed=1", "seed=1")]
    [InlineData("data.name=ring", "data.modes=4")]
    [InlineData("data.folder=photos", "data.labels=subfolders")]
    [InlineData("data.name=null", "data.folder=photos")]
    [InlineData("objective=wgan-gp", "objective.penalty=5")]
    [InlineData("generator.optimizer.schedule=cosine", "generator.optimizer.schedule.warm-up-steps=200")]
    [InlineData("nothing", "seed=1")]
    public void Find_TwoThatGoTogether_SaysNothing(string first, string second)
        => Assert.Empty(Contradictions.Find([(first, "--one"), (second, "--two")]));
}
