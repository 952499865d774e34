using DistGan.Recipes;

namespace DistGan.Training.Images.Animations;

/// <summary>The animation formats by file extension.</summary>
public static class AnimationFormats
{
    /// <summary>Writes an animation of a known number of frames; the frames are drawn one at a time.</summary>
    public delegate void Writer(Stream stream, int count, IEnumerable<AnimationFrame> frames);

    /// <summary>Every format: from its extension in lower case.</summary>
    public static IReadOnlyDictionary<string, Writer> Writers { get; } = new Dictionary<string, Writer>
    {
        [".png"] = AnimatedPngWriter.Write,
        [".apng"] = AnimatedPngWriter.Write,
        [".gif"] = GifWriter.Write,
        [".webp"] = AnimatedWebpWriter.Write,
    };

    /// <summary>What writes a file of this name.</summary>
    /// <exception cref="DistGanException">Its extension is none of an animation.</exception>
    public static Writer Of(string path)
        => Writers.TryGetValue(Path.GetExtension(path).ToLowerInvariant(), out var writer)
            ? writer
            : throw new DistGanException($"'{path}' is no file name of an animation: it ends in '{Path.GetExtension(path)}', but must end in {string.Join(", ", Writers.Keys)}.");
}
