namespace DistGan.Recipes;

/// <summary>Names under which papers and other libraries know what a recipe calls otherwise: what is offered to somebody who writes one of them.</summary>
internal static class FieldNames
{
    private static readonly Dictionary<string, string[]> Known = new()
    {
        ["wgan"] = ["wasserstein"],
        ["lsgan"] = ["least-squares"],
        ["mse"] = ["least-squares"],
        ["nsgan"] = ["non-saturating"],
        ["vanilla"] = ["non-saturating"],
        ["bce"] = ["non-saturating"],
        ["gan"] = ["non-saturating"],
        ["saturating"] = ["minimax"],
        ["rsgan"] = ["relativistic"],
        ["ragan"] = ["relativistic"],
        ["cvae"] = ["vae"],
        ["gp"] = ["wgan-gp"],
        ["conditional"] = ["cgan"],
        ["sn"] = ["spectral-normalization"],
        ["sngan"] = ["spectral-normalization"],
        ["pacgan"] = ["packing"],
        ["mbd"] = ["minibatch-discrimination"],
        ["vbn"] = ["virtual-batch-normalization"],
        ["replay"] = ["experience-replay"],
        ["history"] = ["historical-averaging"],
        ["ada"] = ["diffaugment", "sign-control"],
        ["lookahead"] = ["unrolling"],
    };

    /// <summary>What a recipe calls the thing that the field calls <paramref name="word"/> (in small letters), the likeliest first; none for a word of no such kind.</summary>
    public static IReadOnlyList<string> Of(string word) => Known.GetValueOrDefault(word, []);
}
