using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DistGan.Recipes;

/// <summary>What the players of a run begin with, as an object in the run's own folder, so that any worker can read it.</summary>
public sealed record StartRecipe
{
    [Description("The safetensors object with the weights, relative to the run folder.")]
    [RegularExpression("^[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*$", ErrorMessage = "a relative path of letters, digits, '.', '_', '-' and '/'")]
    public string Weights { get; init; } = "start/weights.safetensors";

    [Description("SHA-256 of that object in lower-case hexadecimal digits, so that a run cannot begin with other weights than it says; not checked where it is not given.")]
    [RegularExpression("^[0-9a-f]{64}$", ErrorMessage = "64 lower-case hexadecimal digits")]
    public string? Sha256 { get; init; }

    [Description("Where that object is uploaded on a cluster: a content hash in its store. 'submit --from' writes it.")]
    [RegularExpression("^[0-9a-f]{64}$", ErrorMessage = "64 lower-case hexadecimal digits")]
    public string? Stored { get; init; }
}
