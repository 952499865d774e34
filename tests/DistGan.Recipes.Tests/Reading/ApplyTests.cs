using DistGan.Recipes;

namespace DistGan.Recipes.Tests.Reading;

public sealed class ApplyTests
{
    private static readonly Recipe WithReplay = new() { Techniques = new() { ExperienceReplay = new() { Share = 0.25 }, Ema = new() { Decay = 0.9 } } };

    [Theory]
    [InlineData("techniques.ema={}")]
    [InlineData("techniques.ema=true")]
    public void Apply_TechniqueOn_HasDefaults(string assignment)
    {
        Assert.Equal(new ExponentialMovingAverageRecipe(), Apply(new(), assignment).Techniques.Ema);
        Assert.Equal(new ExponentialMovingAverageRecipe(), Apply(WithReplay, assignment).Techniques.Ema);
    }

    [Theory]
    [InlineData("techniques.ema=false")]
    [InlineData("techniques.ema=null")]
    public void Apply_TechniqueOff_IsNull(string assignment) => Assert.Null(Apply(WithReplay, assignment).Techniques.Ema);

    [Fact]
    public void Apply_OptionOfTechniqueThatIsOff_TurnsItOn()
        => Assert.Equal(new ExperienceReplayRecipe { Mode = "half" }, Apply(new(), "techniques.experience-replay.mode=half").Techniques.ExperienceReplay);

    [Theory]
    [InlineData("techniques.experience-replay.mode=half")]
    [InlineData("techniques.experience-replay={mode: half}")]
    public void Apply_OptionOfTechniqueThatIsOn_KeepsTheOthers(string assignment)
        => Assert.Equal(new ExperienceReplayRecipe { Mode = "half", Share = 0.25 }, Apply(WithReplay, assignment).Techniques.ExperienceReplay);

    [Fact]
    public void Apply_Folder_TakesThePlaceOfTheNameAndOtherKeysStay()
        => Assert.Equal(
            new DataRecipe { Name = null, Folder = "photos", Labels = DataRecipe.Subfolders, Shared = true, Size = 64 },
            Apply(new() { Data = new() { Size = 64 }, Generator = new() { Network = "mlp" }, Discriminator = new() { Network = "mlp" } }, "data.labels=null", "data.folder=photos", "data.labels=subfolders", "data.shared=true").Data);

    [Theory]
    [InlineData("data.shared=maybe")]
    [InlineData("data.shared='true'")]
    [InlineData("data.shared=1")]
    public void Apply_NeitherTrueNorFalse_SaysWhatIsAllowed(string assignment)
        => Assert.Equal("must be true or false", Assert.Single(Refused(new(), assignment)).Message);

    [Fact]
    public void Apply_EvaluationFalse_TrainsWithoutScores() => Assert.Null(Apply(new(), "evaluation=false").Evaluation);

    [Fact]
    public void Apply_InlineList_IsRead()
        => Assert.Equal(["fid"], Apply(new() { Evaluation = null }, "evaluation.metrics=[fid]").Evaluation!.Metrics);

    [Fact]
    public void Apply_KindThenOption_GivesTheKindWithTheOption()
        => Assert.Equal(new WassersteinGradientPenaltyRecipe { Penalty = 1 }, Apply(new(), "objective=wgan-gp", "objective.penalty=1").Objective);

    [Fact]
    public void Apply_NameOfTheSameKind_GivesItsDefaults()
        => Assert.Equal(new WassersteinGradientPenaltyRecipe(), Apply(Presets.Get("ring").Make(), "objective=wgan-gp").Objective);

    [Theory]
    [InlineData("generator.optimizer.rate=1e-4")]
    [InlineData("generator.optimizer={rate: 1e-4}")]
    [InlineData("generator.optimizer={kind: adam, rate: 1e-4}")]
    public void Apply_OptionOfTheSameKind_KeepsTheOthers(string assignment)
    {
        var ring = Presets.Get("ring").Make();

        Assert.Equal(ring.Generator.Optimizer with { Rate = 1e-4 }, Apply(ring, assignment).Generator.Optimizer);
    }

    [Theory]
    [InlineData("generator.optimizer.schedule=linear")]
    [InlineData("generator.optimizer.schedule={kind: linear}")]
    public void Apply_KindInsideAKind_GivesItsDefaults(string assignment)
        => Assert.Equal(new AdamRecipe { Schedule = new LinearScheduleRecipe() }, Apply(new(), assignment).Generator.Optimizer);

    [Theory]
    [InlineData("false", false)]
    [InlineData("True", true)]
    public void Apply_YesOrNo_IsRead(string text, bool expected)
        => Assert.Equal(new FeatureMatchingRecipe { Replace = expected }, Apply(new(), $"techniques.feature-matching.replace={text}").Techniques.FeatureMatching);

    [Theory]
    [InlineData("1")]
    [InlineData("maybe")]
    [InlineData("\"true\"")]
    public void Apply_NeitherYesNorNo_IsRefused(string text)
        => Assert.EndsWith("must be true or false", Assert.Single(Refused(new(), $"techniques.feature-matching.replace={text}")).ToString(), StringComparison.Ordinal);

    [Fact]
    public void Apply_OptionOfOtherKind_SaysWhoseItIs()
    {
        var error = Assert.Single(Refused(new(), "objective.penalty=1"));

        Assert.Equal("objective.penalty = 1: is an option of kind wgan-gp, but the kind here is non-saturating; write objective: { kind: wgan-gp, penalty: … } or leave the key out", error.ToString());
    }

    [Fact]
    public void Apply_Idx_ReplacesTheName()
    {
        var data = Apply(new(), "data.idx=/a/b.gz").Data;

        Assert.Equal((null, "/a/b.gz"), (data.Name, data.Idx));
    }

    [Fact]
    public void Apply_Name_ReplacesTheFiles()
    {
        var files = new Recipe { Data = new() { Name = null, Idx = "a", Labels = "b" } };

        Assert.Equal(new DataRecipe(), Apply(files, "data.name=fashion-10k").Data);
    }

    [Fact]
    public void Apply_NameAndIdxInOneMapping_IsRefused()
        => Assert.Equal("data.idx", Assert.Single(Refused(new(), "data={name: fashion-10k, idx: a}")).Key);

    [Fact]
    public void Apply_DataName_IsJudgedWithTheWholeRecipe()
    {
        Assert.Equal("ring", Apply(new(), "data.name=ring", "generator.network=mlp", "discriminator.network=mlp").Data.Name);
        Assert.Equal(["generator.network", "discriminator.network"], Refused(new(), "data.name=ring").Select(error => error.Key));
    }

    [Theory]
    [InlineData("threads=auto", null)]
    [InlineData("threads=4", 4)]
    public void Apply_Threads_AutoIsNull(string assignment, int? expected) => Assert.Equal(expected, Apply(new() { Threads = 2 }, assignment).Threads);

    [Theory]
    [InlineData("batch")]
    [InlineData("batch=")]
    [InlineData("=3")]
    [InlineData("latent..size=3")]
    public void Apply_NoAssignment_SaysHowToWriteOne(string assignment)
        => Assert.Equal("write key=value, such as batch=64, techniques.ema.decay=0.99, or techniques.packing={} to turn something on", Assert.Single(Refused(new(), assignment)).Message);

    [Fact]
    public void Apply_SeveralMistakes_AreAllNamed()
        => Assert.Equal(["bach", "latent.size", "seed", "batch"], Refused(new(), "bach=3", "latent.size=x", "seed=[", "batch=0").Select(error => error.Key));

    [Fact]
    public void Apply_Mistake_HasNoLine() => Assert.All(Refused(new(), "latent={size: x}", "batch=0", "seed=["), error => Assert.Equal(0, error.Line));

    [Fact]
    public void Apply_ValueWithEqualsSign_IsKeptWhole() => Assert.Equal("/a=b.gz", Apply(new(), "data.idx=/a=b.gz").Data.Idx);

    [Fact]
    public void Apply_Nothing_GivesAnEqualRecipe() => Assert.Equal(WithReplay, Apply(WithReplay));

    private static Recipe Apply(Recipe recipe, params string[] assignments) => RecipeReader.Apply(recipe, assignments);

    private static IReadOnlyList<RecipeError> Refused(Recipe recipe, params string[] assignments)
        => Assert.Throws<InvalidRecipeException>(() => RecipeReader.Apply(recipe, assignments)).Errors;
}
