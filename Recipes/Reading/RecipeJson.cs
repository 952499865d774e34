using System.Security.Cryptography;
using DistGan.Recipes.Binding;

namespace DistGan.Recipes;

/// <summary>The canonical UTF-8 JSON of a recipe: every key, in record order, no white space; equal recipes have equal bytes.</summary>
public static class RecipeJson
{
    /// <summary>The canonical bytes.</summary>
    public static byte[] Serialize(Recipe recipe) => JsonText.Write(RecipeTree.Of(recipe));

    /// <summary>Reads canonical bytes, or any JSON object that is a recipe.</summary>
    /// <exception cref="InvalidRecipeException">The bytes are not a valid recipe.</exception>
    public static Recipe Deserialize(ReadOnlySpan<byte> json)
    {
        var log = new BindingLog();
        return RecipeReader.Complete(JsonText.Read(json, log), new Recipe(), log, null);
    }

    /// <summary>SHA-256 of the canonical bytes, hexadecimal, lower case.</summary>
    public static string Sha256(Recipe recipe) => Sha256(Serialize(recipe));

    /// <summary>SHA-256 of serialised bytes, hexadecimal, lower case.</summary>
    public static string Sha256(ReadOnlySpan<byte> json) => Convert.ToHexStringLower(SHA256.HashData(json));
}
