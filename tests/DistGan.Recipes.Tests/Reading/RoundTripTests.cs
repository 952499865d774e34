using System.Text;
using System.Text.Json;
using CsCheck;
using DistGan.Recipes;

namespace DistGan.Recipes.Tests.Reading;

public sealed class RoundTripTests
{
    /// <summary>The default recipe as far as its generator.</summary>
    private const string FirstKeys =
        """
        schema: 1
        name: fashion
        data:
          name: fashion-10k
          folder: null
          idx: null
          labels: null
          size: 28
          channels: auto
          augment: none
          on-corrupt: refuse
          shared: false
          stored: null
          memory-bytes: 2147483648
          modes: 8
          spread: 4
          base: mnist
        latent:
          size: 64
          distribution: normal
        generator:
          network: dcgan
          width: 64
          depth: auto
          normalization: auto
          activation: relu
          code: auto
          norm: auto
          attention: null
          optimizer:
            kind: adam
            rate: 0.0002
            schedule:
              kind: constant
            beta1: 0.5
            beta2: 0.999
            epsilon: 1.0e-08

        """;

    [Fact]
    public void ToYaml_AnyValidRecipe_ReadsBackEqual()
        => ValidRecipes.All.Sample(recipe => RecipeReader.Parse(RecipeWriter.ToYaml(recipe)) == recipe, iter: 500);

    [Fact]
    public void Serialize_AnyValidRecipe_ReadsBackEqualWithEqualBytes()
        => ValidRecipes.All.Sample(
            recipe =>
            {
                var json = RecipeJson.Serialize(recipe);
                var again = RecipeJson.Deserialize(json);
                return again == recipe && RecipeJson.Serialize(again).AsSpan().SequenceEqual(json)
                    && RecipeReader.Parse(Encoding.UTF8.GetString(json).Replace("\\uD83D\\uDE00", "\U0001F600", StringComparison.Ordinal)) == recipe;
            },
            iter: 500);

    [Fact]
    public void ToYaml_Defaults_IsTheDocumentedText()
        => Assert.Equal(FirstKeys.ReplaceLineEndings("\n"), RecipeWriter.ToYaml(new Recipe()).Split("discriminator:")[0]);

    [Fact]
    public void ToYaml_ListsAndOffParts_AreShort()
    {
        var yaml = RecipeWriter.ToYaml(new Recipe { Techniques = new() { Ema = new() } });

        Assert.Contains("  metrics: [auto]\n", yaml, StringComparison.Ordinal);
        Assert.Contains("  label-smoothing: null\n", yaml, StringComparison.Ordinal);
        Assert.Contains("  ema:\n    decay: 0.999\n", yaml, StringComparison.Ordinal);
        Assert.Contains("objective:\n  kind: non-saturating\n", yaml, StringComparison.Ordinal);
        Assert.EndsWith("threads: auto\n", yaml, StringComparison.Ordinal);
    }

    [Fact]
    public void Serialize_Defaults_IsJsonWithSchemaFirst()
    {
        using var json = JsonDocument.Parse(RecipeJson.Serialize(new Recipe()));

        Assert.Equal("schema", json.RootElement.EnumerateObject().First().Name);
        Assert.Equal(1, json.RootElement.GetProperty("schema").GetInt32());
        Assert.Equal(500, json.RootElement.GetProperty("snapshots").GetProperty("every-steps").GetInt64());
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("techniques").GetProperty("ema").ValueKind);
    }

    [Fact]
    public void Serialize_Defaults_StartsInRecordOrderWithoutWhiteSpace()
        => Assert.StartsWith(
            """{"schema":1,"name":"fashion","data":{"name":"fashion-10k","folder":null,"idx":null,"labels":null,"size":28,""",
            Encoding.UTF8.GetString(RecipeJson.Serialize(new Recipe())),
            StringComparison.Ordinal);

    [Fact]
    public void Sha256_Recipe_IsThatOfItsBytes()
    {
        var hash = RecipeJson.Sha256(new Recipe());

        Assert.Equal(RecipeJson.Sha256(RecipeJson.Serialize(new Recipe())), hash);
        Assert.Matches("^[0-9a-f]{64}$", hash);
        Assert.NotEqual(hash, RecipeJson.Sha256(new Recipe { Seed = 2 }));
    }

    [Fact]
    public void Serialize_NegativeZero_HasTheBytesOfZero()
    {
        var zero = new Recipe { Topology = new() { PatienceSeconds = 0 } };
        var negative = new Recipe { Topology = new() { PatienceSeconds = -0.0 } };

        Assert.Equal(zero, negative);
        Assert.Equal(RecipeJson.Serialize(zero), RecipeJson.Serialize(negative));
    }

    [Theory]
    [InlineData("{\"batch\":64} {}")]
    [InlineData("{\"batch\":")]
    [InlineData("")]
    [InlineData("{\"batch\":64,\"batch\":65}")]
    [InlineData("{\"batch\":\"64\"}")]
    [InlineData("{\"bach\":64}")]
    public void Deserialize_NoRecipe_IsRefused(string json)
        => Assert.Single(Assert.Throws<InvalidRecipeException>(() => RecipeJson.Deserialize(Encoding.UTF8.GetBytes(json))).Errors);

    [Fact]
    public void Equals_EvaluationsWithEqualLists_AreEqual()
    {
        var one = new EvaluationRecipe { Metrics = ["fid"] };
        var other = new EvaluationRecipe { Metrics = new List<string> { "fid" } };

        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.NotEqual(one, other with { Metrics = ["modes"] });
    }
}
