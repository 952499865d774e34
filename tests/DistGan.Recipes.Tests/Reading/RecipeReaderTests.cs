using DistGan.Recipes;

namespace DistGan.Recipes.Tests.Reading;

public sealed class RecipeReaderTests
{
    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("---\n")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("data:\n  # name: ring\n")]
    public void Parse_Empty_GivesDefaults(string text) => Assert.Equal(new Recipe(), RecipeReader.Parse(text));

    [Fact]
    public void Parse_EveryShapeOfValue_IsBound()
    {
        var recipe = RecipeReader.Parse("""
            name: try-1
            data: { idx: /data/a b.gz, labels: "l.gz", size: 32 }
            generator:
              depth: 2
              optimizer: { kind: adam, rate: 1e-3, beta1: 0 }
            discriminator: { depth: auto, optimizer: adam }
            objective: { kind: wgan-gp, penalty: .5 }
            techniques:
              experience-replay: { mode: half, budget-bytes: 1e6 }
              ema: {}
              historical-averaging: true
              label-smoothing: false
            budget: { steps: null, images: 64000, minutes: 1.5 }
            evaluation: false
            threads: 3
            """);

        Assert.Equal(
            new Recipe
            {
                Name = "try-1",
                Data = new() { Name = null, Idx = "/data/a b.gz", Labels = "l.gz", Size = 32 },
                Generator = new() { Depth = 2, Optimizer = new AdamRecipe { Rate = 1e-3, Beta1 = 0 } },
                Objective = new WassersteinGradientPenaltyRecipe { Penalty = 0.5 },
                Techniques = new()
                {
                    ExperienceReplay = new() { Mode = "half", BudgetBytes = 1_000_000 },
                    Ema = new(),
                    HistoricalAveraging = new(),
                },
                Budget = new() { Steps = null, Images = 64000, Minutes = 1.5 },
                Evaluation = null,
                Threads = 3,
            },
            recipe);
    }

    [Fact]
    public void Parse_Json_IsReadTheSameWay()
    {
        var recipe = RecipeReader.Parse("{\n\t\"batch\": 32,\n\t\"data\": {\"name\": \"ring\"},\n\"generator\": {\"network\": \"mlp\"}, \"discriminator\": {\"network\": \"mlp\"}, \"evaluation\": {\"metrics\": [\"modes\"]}}");

        Assert.Equal(32, recipe.Batch);
        Assert.Equal("ring", recipe.Data.Name);
        Assert.Equal(["modes"], recipe.Evaluation!.Metrics);
    }

    [Theory]
    [InlineData("batch: 0", "line 1: batch = 0: must be between 1 and 65536")]
    [InlineData("batch: many", "line 1: batch = many: must be a whole number")]
    [InlineData("batch: \"64\"", "line 1: batch = 64: must be a whole number")]
    [InlineData("batch: 1.5", "line 1: batch = 1.5: must be a whole number")]
    [InlineData("batch: 99999999999", "line 1: batch = 99999999999: must be between 1 and 65536")]
    [InlineData("batch: [1]", "line 1: batch = [1]: must be a single value: between 1 and 65536")]
    [InlineData("batch: ~", "line 1: batch: has no value; write between 1 and 65536, or leave the key out")]
    [InlineData("batch: 1\nbatch: 2", "line 2: batch: is given twice, first on line 1; remove one")]
    [InlineData("seed: -1", "line 1: seed = -1: must be at least 0")]
    [InlineData("threads: none", "line 1: threads = none: must be a whole number or auto")]
    [InlineData("name: Fashion", "line 1: name = Fashion: must be 1 to 63 lower-case letters, digits and hyphens, not a hyphen first")]
    [InlineData("name: \"a\\n\"", "line 1: name = a\n: must be 1 to 63 lower-case letters, digits and hyphens, not a hyphen first")]
    [InlineData("latent: { distribution: Normal }", "line 1: latent.distribution = Normal: must be one of normal, uniform; did you mean 'normal'?")]
    [InlineData("objective: wgan", "line 1: objective = wgan: must be one of OBJECTIVES; did you mean 'wasserstein'?")]
    [InlineData("objective: wgangp", "line 1: objective = wgangp: must be one of OBJECTIVES; did you mean 'wgan-gp'?")]
    [InlineData("objective:\n  kind: swamp", "line 2: objective.kind = swamp: must be one of OBJECTIVES")]
    [InlineData("objective: [wgan-gp]", "line 1: objective = [wgan-gp]: must be one of OBJECTIVES, or a mapping with 'kind' and its options")]
    [InlineData("objective:\n  penalty: 1", "line 2: objective.penalty = 1: is an option of kind wgan-gp, but the kind here is non-saturating; write objective: { kind: wgan-gp, penalty: … } or leave the key out")]
    [InlineData("objective: { kind: non-saturating, slope: 1 }", "line 1: objective.slope = 1: unknown key; there are no options here")]
    [InlineData("techniques:\n  label-smothing: {}", "line 2: techniques.label-smothing = {}: unknown key; did you mean 'label-smoothing'?")]
    [InlineData("techniques: { ema: 0.9 }", "line 1: techniques.ema = 0.9: must be true, false, or a mapping with keys of decay")]
    [InlineData("techniques: { ema: { decay: 1 } }", "line 1: techniques.ema.decay = 1: must be at least 0 and below 1")]
    [InlineData("techniques: { ema: { decay: .nan } }", "line 1: techniques.ema.decay = .nan: must be a finite number")]
    [InlineData("techniques: { ema: { decay: 1e999 } }", "line 1: techniques.ema.decay = 1e999: must be a finite number")]
    [InlineData("rate: 1", "line 1: rate = 1: unknown key; did you mean 'generator.optimizer.rate' or 'discriminator.optimizer.rate'?")]
    [InlineData("latent: { zebra: 1 }", "line 1: latent.zebra = 1: unknown key; the keys here are size, distribution")]
    [InlineData("evaluation: { metrics: [modes, fidd] }", "line 1: evaluation.metrics = [modes, fidd]: must be one of auto, fid, kid, prdc, is, modes, label_accuracy, memorisation; did you mean 'fid'?")]
    [InlineData("evaluation: { metrics: [] }", "line 1: evaluation.metrics = []: must be a list such as [auto]")]
    [InlineData("evaluation: { metrics: [fid, fid] }", "line 1: evaluation.metrics = [fid, fid]: names one twice")]
    [InlineData("data: null", "line 1: data: must be a mapping with keys of name, folder, idx, labels, size, channels, augment, on-corrupt, shared, stored, memory-bytes, modes, spread, base")]
    [InlineData("- 1", "line 1: recipe = [1]: must be a mapping of keys to values, such as batch: 64")]
    [InlineData("schema: 2", "line 1: schema = 2: this version reads schema 1 only; use the version that wrote the recipe")]
    [InlineData("budget: { steps: null }", "line 1: budget: has no bound, so the job would never end; give steps, images or minutes")]
    public void Parse_OneMistake_SaysKeyLineValueAndWhatIsAllowed(string text, string expected)
    {
        var refused = Assert.Throws<InvalidRecipeException>(() => RecipeReader.Parse(text));

        Assert.Equal(WithNames(expected), Assert.Single(refused.Errors).ToString());
    }

    [Theory]
    [InlineData("batch: [1", 1)]
    [InlineData("batch: 1\n\tname: a", 1)]
    [InlineData("a: &x 1\nb: *x", 1)]
    [InlineData("batch: !!int 3", 1)]
    [InlineData("batch: 1\n---\nbatch: 2", 2)]
    [InlineData("? [a]\n: 1", 1)]
    public void Parse_BrokenSyntax_NamesTheLine(string text, int line)
    {
        var refused = Assert.Throws<InvalidRecipeException>(() => RecipeReader.Parse(text));

        Assert.Contains(refused.Errors, error => error.Key == "recipe" && error.Line == line);
    }

    [Fact]
    public void Parse_DeepNesting_IsRefused()
    {
        var refused = Assert.Throws<InvalidRecipeException>(() => RecipeReader.Parse(new string('[', 5000)));

        Assert.Contains("nested more than", Assert.Single(refused.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_SeveralMistakes_AreAllNamedInOrder()
    {
        var refused = Assert.Throws<InvalidRecipeException>(() => RecipeReader.Parse(
            """
            batch: 0
            latent: { size: big, distributoin: normal }
            objective: wgan-gp
            techniques:
              label-smoothing: { target: 0.9 }
            budget: { steps: 0 }
            """,
            "my.yaml"));

        Assert.Equal(
            ["batch", "latent.size", "latent.distributoin", "techniques.label-smoothing.target", "budget.steps"],
            refused.Errors.Select(error => error.Key));
        Assert.Equal([1, 2, 2, 5, 6], refused.Errors.Select(error => error.Line));
        Assert.StartsWith("my.yaml: line 1: batch = 0: ", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("data: { name: ring }\ngenerator: { network: mpl }\ndiscriminator: { network: mlp }", "generator.network")]
    [InlineData("data: { nmae: ring }\nevaluation: { metrics: [modes] }", "data.nmae")]
    [InlineData("data: { name: [ring] }\nevaluation: { metrics: [modes] }", "data.name")]
    [InlineData("budget: { steps: many, images: null }", "budget.steps")]
    [InlineData("budget: { steps: null, image: 1000 }", "budget.image")]
    [InlineData("batch: many\ntechniques: { experience-replay: { share: 0.001 } }", "batch")]
    public void Parse_Mistake_DoesNotAlsoBlameTheCombination(string text, string key)
    {
        var refused = Assert.Throws<InvalidRecipeException>(() => RecipeReader.Parse(text));

        Assert.Equal(key, Assert.Single(refused.Errors).Key);
    }

    [Fact]
    public void ReadFile_MissingFile_NamesIt()
    {
        var refused = Assert.Throws<DistGanException>(() => RecipeReader.ReadFile("no-such-recipe.yaml"));

        Assert.Equal("There is no recipe file no-such-recipe.yaml; check the path.", refused.Message);
        Assert.IsType<FileNotFoundException>(refused.InnerException);
    }

    [Fact]
    public void ReadFile_Recipe_IsRead() => InFile("\uFEFFbatch: 3\n"u8, path => Assert.Equal(3, RecipeReader.ReadFile(path).Batch));

    [Fact]
    public void ReadFile_NoUtf8_SaysWhere() => InFile([0x61, 0x3A, 0xFF], path =>
    {
        var refused = Assert.Throws<DistGanException>(() => RecipeReader.ReadFile(path));
        Assert.EndsWith("is no UTF-8 text at byte 2; save it as UTF-8.", refused.Message, StringComparison.Ordinal);
    });

    [Fact]
    public void ReadFile_HugeFile_IsRefusedUnread() => InFile(new byte[(1 << 20) + 1], path =>
    {
        var refused = Assert.Throws<DistGanException>(() => RecipeReader.ReadFile(path));
        Assert.Contains("1048577 bytes", refused.Message, StringComparison.Ordinal);
    });

    private static void InFile(ReadOnlySpan<byte> bytes, Action<string> test)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, bytes);
            test(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Parse_WrongValueBesideAnUnknownKey_TellsBoth()
    {
        var refused = Assert.Throws<InvalidRecipeException>(() => RecipeReader.Parse("""
            data: { name: mnits, sise: 4 }
            techniques: { experiance-replay: {}, label-smoothing: { target: 2 } }
            """));

        Assert.Equal(
            ["data.name", "data.sise", "techniques.experiance-replay", "techniques.label-smoothing.target"],
            refused.Errors.Select(static error => error.Key).Order(StringComparer.Ordinal));
    }

    private static string WithNames(string expected)
        => expected.Replace("OBJECTIVES", string.Join(", ", RecipeKinds.Objectives.Keys), StringComparison.Ordinal);
}
