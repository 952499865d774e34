namespace DistGan.Recipes.Tests.Rules.Diagnosis;

public sealed class AdviceTests
{
    public static TheoryData<string, string> Advised
        => [.. DiagnosisRule.Advice.SelectMany(static advice => advice.Value.Select(key => (advice.Key, key)))];

    [Theory]
    [MemberData(nameof(Advised))]
    public void Advice_EveryKey_IsOneOfTheSchemaAndItsValueIsAccepted(string finding, string advised)
    {
        var key = advised.Split('=')[0];

        Assert.True(RecipeKeys.Find(key).Count > 0, $"{finding} advises {key}, which is no key.");
        Assert.NotEqual(new Recipe(), RecipeReader.Apply(new Recipe(), [Assignment(key, advised)]));
    }

    [Theory]
    [InlineData("mode-collapse", "objective=wgan-gp", "techniques.packing={}", "techniques.minibatch-discrimination={}", "techniques.unrolling={}", "techniques.r1={}", "techniques.virtual-batch-normalization={}")]
    [InlineData("modes-lost", "techniques.mode-champions={}", "techniques.experience-replay={}")]
    [InlineData("vanishing-gradient", "objective=wgan-gp", "techniques.spectral-normalization={}")]
    [InlineData("discriminator-overpowers", "techniques.diffaugment={}", "balance=accuracy-gate")]
    [InlineData("discriminator-starves", "balance=accuracy-gate")]
    [InlineData("oscillation", "techniques.r1={}", "techniques.historical-averaging={}")]
    [InlineData("divergence", "techniques.spectral-normalization={}")]
    public void Advice_OfEachFinding_NamesTheRemediesThatAreMadeForIt(string finding, params string[] remedies)
        => Assert.All(remedies, remedy => Assert.Contains(remedy, DiagnosisRule.Advice[finding]));

    /// <summary>What --set takes: the value that is advised, any other for a number.</summary>
    private static string Assignment(string key, string advised)
        => advised.Contains('=') ? advised : KeyExample.Assignment(RecipeKeys.Find(key)[0]);
}
