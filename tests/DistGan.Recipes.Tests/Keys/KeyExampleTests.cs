namespace DistGan.Recipes.Tests.Keys;

public sealed class KeyExampleTests
{
    /// <summary>A recipe on which no key depends on another that is missing.</summary>
    private static readonly Recipe Start = new() { Techniques = new() { ExperienceReplay = new(), HistoricalAveraging = new() } };

    /// <summary>Every key, nested kinds and lists too, can be set: an example may contradict another key, but never its own bounds.</summary>
    [Fact]
    public void Assignment_OfEveryKey_IsUnderstood()
        => Assert.All(RecipeKeys.All, static key => Assert.DoesNotContain(ErrorsOf(() => RecipeReader.Apply(Start, [KeyExample.Assignment(key)])), IsAboutTheText));

    [Fact]
    public void Yaml_OfEveryKey_SaysTheSameAsItsAssignment()
        => Assert.All(RecipeKeys.All, static key => Assert.Equal(
            ErrorsOf(() => RecipeReader.Apply(new Recipe(), [KeyExample.Assignment(key)])).Select(static error => error.Key),
            ErrorsOf(() => RecipeReader.Parse(KeyExample.Yaml(key))).Select(static error => error.Key)));

    [Fact]
    public void Assignment_OfEveryNumber_ChangesIt()
        => Assert.All(
            RecipeKeys.All.Where(static key => key.Type is "integer" or "number" && !(key.Minimum is { } low && key.Maximum is { } high && low.Equals(high))),
            static key => Assert.NotEqual(key.Default, KeyExample.ValueOf(key)));

    [Theory]
    [InlineData("batch", "batch=128", "batch: 128")]
    [InlineData("generator.optimizer.rate", "generator.optimizer.rate=0.0004", "generator: { optimizer: { rate: 0.0004 } }")]
    [InlineData("techniques.ema", "techniques.ema={}", "techniques: { ema: {} }")]
    [InlineData("evaluation", "evaluation=false", "evaluation: false")]
    [InlineData("evaluation.metrics", "evaluation.metrics=[fid]", "evaluation: { metrics: [fid] }")]
    [InlineData("objective.penalty", "objective={ kind: wgan-gp, penalty: 20 }", "objective: { kind: wgan-gp, penalty: 20 }")]
    public void Assignment_OfAKey_IsWhatAPersonWouldWrite(string path, string assignment, string yaml)
    {
        var key = RecipeKeys.Find(path)[0];

        Assert.Equal((assignment, yaml), (KeyExample.Assignment(key), KeyExample.Yaml(key)));
    }

    [Fact]
    public void Beside_AKey_IsItsPartWithoutIt()
    {
        Assert.Equal(["images", "minutes"], RecipeKeys.Beside(RecipeKeys.Find("budget.steps")[0]).Select(static path => path.Split('.')[1]));
        Assert.Contains("batch", RecipeKeys.Beside(RecipeKeys.Find("seed")[0]));
        Assert.Equal("budget", RecipeKeys.Below("budget")[0].Path);
        Assert.Equal(4, RecipeKeys.Below("budget").Count);
    }

    private static bool IsAboutTheText(RecipeError error)
        => error.Message.StartsWith("unknown key", StringComparison.Ordinal) || error.Message.StartsWith("must be", StringComparison.Ordinal)
            || error.Message.StartsWith("write key=value", StringComparison.Ordinal) || error.Message.StartsWith("has no value", StringComparison.Ordinal);

    private static IReadOnlyList<RecipeError> ErrorsOf(Func<Recipe> make)
    {
        try
        {
            _ = make();
            return [];
        }
        catch (InvalidRecipeException refused)
        {
            return refused.Errors;
        }
    }
}
