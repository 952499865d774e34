using System.Runtime.InteropServices;
using System.Security.Cryptography;
using DistGan.Recipes;
using DistGan.Training.Arithmetic;
using TorchSharp;
using static DistGan.Training.Arithmetic.Scalars;
using static TorchSharp.torch;

namespace DistGan.Training.Features;

/// <summary>
/// Any network that somebody saved as TorchScript: images in, one vector an image out ([N, d], or [N, d, 1, 1]). Images are
/// resized in float32, bicubic and smoothed where they shrink, and never rounded to whole grey levels between (Parmar et al. 2022,
/// clean-fid, section 3); then x ∈ [−1, 1] becomes low + (high − low)·(x + 1)/2; a grey image is repeated for three channels.
/// Where forward takes more than the images, the first further argument is true: the published Inception of 2015-12-05 returns
/// its features then, and classes otherwise.
/// </summary>
public sealed class TorchScriptFeatures : IFeatureNetwork
{
    private const int Chunk = 32;

    private readonly TorchScriptSettings _settings;
    private readonly Func<Tensor, Tensor> _forward;
    private readonly IDisposable _module;

    /// <param name="file">The TorchScript file (.pt).</param>
    /// <param name="settings">What images it takes.</param>
    /// <exception cref="DistGanException">The file is missing or damaged, or makes no vectors of such images.</exception>
    public TorchScriptFeatures(string file, TorchScriptSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.ThrowIfInvalid();
        _settings = settings;
        (Name, Hash) = (Path.GetFileName(file), HashOf(file));
        (_module, _forward) = Load(file);
        try
        {
            Width = Probe();
        }
        catch
        {
            _module.Dispose();
            throw;
        }
    }

    public string Name { get; }

    public string Hash { get; }

    public string Resize => $"bicubic in float32 to {_settings.Channels}×{_settings.Size}×{_settings.Size}, from {_settings.Low} to {_settings.High}";

    public int Width { get; }

    public Tensor Features(Tensor images)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (images.dim() != 4 || images.shape[0] == 0 || (images.shape[1] != _settings.Channels && images.shape[1] != 1))
        {
            throw new DistGanException($"Feature network {Name} takes images [N, {_settings.Channels}, any, any], not [{string.Join(", ", images.shape)}]; grey images are repeated for three channels, nothing else is changed.");
        }

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var host = images.detach().to(ScalarType.Float32).cpu();
        var parts = new List<Tensor>();
        for (var start = 0L; start < host.shape[0]; start += Chunk)
        {
            using var inner = NewDisposeScope();
            parts.Add(Run(Prepare(host.narrow(0, start, Math.Min(Chunk, host.shape[0] - start)))).MoveToOuterDisposeScope());
        }

        return cat(parts).MoveToOuterDisposeScope();
    }

    public void Dispose() => _module.Dispose();

    private static string HashOf(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DistGanException($"The feature network {file} cannot be read: {error.Message} Give the path of a TorchScript file.", error);
        }
    }

    private (IDisposable Module, Func<Tensor, Tensor> Forward) Load(string file)
    {
        try
        {
            var module = jit.load<Tensor, Tensor>(file);
            module.eval();
            if (module.GetNumberOfInputs() == 1)
            {
                return (module, module.forward);
            }

            module.Dispose();
            var flagged = jit.load<Tensor, bool, Tensor>(file);
            flagged.eval();
            return (flagged, images => flagged.forward(images, true));
        }
        catch (ExternalException error)
        {
            throw new DistGanException($"{file} is no TorchScript file that this libtorch can read: {FirstLine(error)} Save the network with torch.jit.save.", error);
        }
    }

    private int Probe()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        return (int)Run(Prepare(zeros(2, _settings.Channels, _settings.Size, _settings.Size))).shape[1];
    }

    private Tensor Prepare(Tensor images)
    {
        var size = _settings.Size;
        var sized = images.shape[2] == size && images.shape[3] == size
            ? images
            : BicubicResize.Apply(images, size);
        var ranged = (sized.Plus(1) * Of((_settings.High - _settings.Low) / 2)).Plus(_settings.Low);
        return ranged.shape[1] == _settings.Channels ? ranged : ranged.expand(-1, _settings.Channels, -1, -1).contiguous();
    }

    private Tensor Run(Tensor images)
    {
        Tensor answer;
        try
        {
            answer = _forward(images);
        }
        catch (Exception error) when (error is ExternalException or InvalidCastException or NotSupportedException)
        {
            throw new DistGanException($"Feature network {Name} does not take images [{string.Join(", ", images.shape)}]: {FirstLine(error)} Give the size, channels and range that it was made for.", error);
        }

        var count = images.shape[0];
        return answer.dim() >= 2 && answer.shape[0] == count && answer.shape[1] == answer.numel() / count
            ? answer.view(count, -1).to(ScalarType.Float32)
            : throw new DistGanException($"Feature network {Name} makes [{string.Join(", ", answer.shape)}] of {count} images: expected [{count}, d].");
    }

    private static string FirstLine(Exception error)
    {
        var text = error.Message.Split('\n').Select(static line => line.Trim()).First(static line => line.Length > 0);
        return text.EndsWith('.') ? text : text + ".";
    }
}
