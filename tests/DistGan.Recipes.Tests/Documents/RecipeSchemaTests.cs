using System.Text;
using System.Text.Json;
using CsCheck;
using Json.Schema;

namespace DistGan.Recipes.Tests.Documents;

public sealed class RecipeSchemaTests
{
    private static readonly JsonSchema Schema = JsonSchema.FromText(RecipeSchema.ToJson());

    public static TheoryData<string> PresetNames => [.. DistGan.Recipes.Presets.All.Keys];

    [Fact]
    public void Schema_ByTheDialectsOwnSchema_IsValid()
    {
        using var schema = JsonDocument.Parse(RecipeSchema.ToJson());

        Assert.True(MetaSchemas.Draft202012.Evaluate(schema.RootElement).IsValid);
    }

    [Theory]
    [MemberData(nameof(PresetNames))]
    public void Schema_EveryPreset_IsAccepted(string name) => Assert.True(Accepts(RecipeJson.Serialize(DistGan.Recipes.Presets.Get(name).Make())));

    [Fact]
    public void Schema_AnyValidRecipe_IsAccepted()
        => ValidRecipes.All.Sample(static recipe => Accepts(RecipeJson.Serialize(recipe)), iter: 100);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"$schema":"recipe.schema.json","schema":1,"batch":32}""")]
    [InlineData("""{"objective":"wgan-gp"}""")]
    [InlineData("""{"objective":{"kind":"wgan-gp","penalty":5}}""")]
    [InlineData("""{"balance":{"discriminator":2}}""")]
    [InlineData("""{"techniques":{"ema":true,"label-smoothing":{},"experience-replay":null,"historical-averaging":false}}""")]
    [InlineData("""{"techniques":{"experience-replay":{"mode":"half","share":0.25}}}""")]
    [InlineData("""{"evaluation":false}""")]
    [InlineData("""{"evaluation":{"metrics":"fid"}}""")]
    [InlineData("""{"threads":"auto","generator":{"depth":2,"optimizer":{"rate":1e-3}}}""")]
    [InlineData("""{"budget":{"steps":null,"minutes":1.5}}""")]
    [InlineData("""{"data":{"idx":"images.gz","labels":null}}""")]
    public void Schema_ValidRecipe_IsAcceptedAsByTheReader(string json)
    {
        _ = RecipeReader.Parse(json);

        Assert.True(Accepts(Encoding.UTF8.GetBytes(json)));
    }

    [Theory]
    [InlineData("""{"batch":0}""")]
    [InlineData("""{"batch":1.5}""")]
    [InlineData("""{"batch":"64"}""")]
    [InlineData("""{"bach":64}""")]
    [InlineData("""{"schema":2}""")]
    [InlineData("""{"name":"Not A Name"}""")]
    [InlineData("""{"every_steps":1}""")]
    [InlineData("""{"objective":"hinge-ish"}""")]
    [InlineData("""{"objective":{"kind":"wgan-gp","penalty":0}}""")]
    [InlineData("""{"objective":{"penalty":5}}""")]
    [InlineData("""{"techniques":{"ema":"on"}}""")]
    [InlineData("""{"techniques":{"ema":{"decay":1}}}""")]
    [InlineData("""{"techniques":{"experience-replay":{"modes":"half"}}}""")]
    [InlineData("""{"evaluation":{"metrics":[]}}""")]
    [InlineData("""{"evaluation":{"metrics":["fid","fid"]}}""")]
    [InlineData("""{"threads":"all"}""")]
    [InlineData("""{"threads":0}""")]
    [InlineData("""{"generator":{"optimizer":{"beta1":1}}}""")]
    [InlineData("""{"data":false}""")]
    [InlineData("""[1]""")]
    public void Schema_InvalidRecipe_IsRefusedAsByTheReader(string json)
    {
        Assert.Throws<InvalidRecipeException>(() => RecipeReader.Parse(json));

        Assert.False(Accepts(Encoding.UTF8.GetBytes(json)));
    }

    /// <summary>Every bounded number, one beyond each end.</summary>
    [Fact]
    public void Schema_NumberOutOfItsBounds_IsRefusedAtEveryKey()
        => Assert.All(
            RecipeKeys.All.Where(static key => key.Minimum is not null && key.OfKind is null),
            static key => Assert.All(
                new[] { key.MinimumIsExclusive ? key.Minimum!.Value : key.Minimum!.Value - 1, key.Maximum is { } most and < 9e18 ? most + 1 : double.NaN }.Where(double.IsFinite),
                value => Assert.False(Accepts(Nested(key.Path, value)), $"{key.Path} = {value}")));

    private static byte[] Nested(string path, double value)
        => Encoding.UTF8.GetBytes(path.Split('.').Reverse().Aggregate(JsonSerializer.Serialize(value), static (inner, key) => $$"""{"{{key}}":{{inner}}}"""));

    private static bool Accepts(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        return Schema.Evaluate(document.RootElement).IsValid;
    }
}
