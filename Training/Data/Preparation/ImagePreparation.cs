namespace DistGan.Training.Data.Preparation;

/// <summary>
/// Brings stored images to the size and the channels of a recipe: images that fit are centred on a square of background
/// (value 0), larger ones cropped to their central square and shrunk; then grey becomes colours or colours grey.
/// </summary>
internal sealed class ImagePreparation
{
    private readonly SampleShape _stored;
    private readonly ResampleAxis? _axis;

    public ImagePreparation(SampleShape stored, int size, int? channels)
    {
        _stored = stored;
        Shape = new SampleShape(channels ?? stored.Channels, size, size);
        _axis = Math.Max(stored.Height, stored.Width) > size ? new ResampleAxis(Math.Min(stored.Height, stored.Width), size) : null;
    }

    /// <summary>The shape of the result.</summary>
    public SampleShape Shape { get; }

    /// <summary>What is done, for fingerprints.</summary>
    public override string ToString()
        => (_axis is null ? $"centred on {Shape.Height}×{Shape.Width}, background 0" : $"cropped and averaged to {Shape.Height}×{Shape.Width}")
            + (Shape.Channels == _stored.Channels ? "" : $", {Shape.Channels} channels of {_stored.Channels}");

    /// <summary>From planes of rows [C, H, W] as stored to planes of the result.</summary>
    public void Apply(ReadOnlySpan<byte> stored, Span<byte> destination)
    {
        if (Shape == _stored)
        {
            stored.CopyTo(destination);
            return;
        }

        if (Shape.Channels == _stored.Channels)
        {
            Resize(stored, destination);
            return;
        }

        var resized = new byte[_stored.Channels * Shape.Height * Shape.Width];
        Resize(stored, resized);
        if (Shape.Channels == 1)
        {
            Channels.ToGrey(resized, destination);
        }
        else
        {
            Channels.ToColours(resized, destination);
        }
    }

    private void Resize(ReadOnlySpan<byte> stored, Span<byte> destination)
    {
        var (from, to) = (_stored.Height * _stored.Width, Shape.Height * Shape.Width);
        for (var c = 0; c < _stored.Channels; c++)
        {
            var source = stored.Slice(c * from, from);
            var plane = destination.Slice(c * to, to);
            if (_axis is null)
            {
                Pad(source, plane);
            }
            else
            {
                Shrink(_axis, source, plane);
            }
        }
    }

    private void Pad(ReadOnlySpan<byte> source, Span<byte> plane)
    {
        plane.Clear();
        var (top, left) = ((Shape.Height - _stored.Height) / 2, (Shape.Width - _stored.Width) / 2);
        for (var row = 0; row < _stored.Height; row++)
        {
            source.Slice(row * _stored.Width, _stored.Width).CopyTo(plane[((top + row) * Shape.Width + left)..]);
        }
    }

    private void Shrink(ResampleAxis axis, ReadOnlySpan<byte> source, Span<byte> plane)
    {
        var resampler = new SquareResampler(axis, _stored.Width, _stored.Height, channels: 1);
        for (var y = 0; y < _stored.Height; y++)
        {
            resampler.Add(y, source.Slice(y * _stored.Width, _stored.Width), stride: 1);
        }

        resampler.Finish(plane);
    }
}
