namespace DistGan.Training.Data.Preparation;

/// <summary>
/// Cuts the central square out of an image and resamples it in both directions by <see cref="ResampleAxis"/>, in float32 over
/// the values as they are stored. Takes rows from the top, one at a time, so that an image of any size needs little memory.
/// </summary>
internal sealed class SquareResampler
{
    private readonly ResampleAxis _axis;
    private readonly int _channels;
    private readonly int _left;
    private readonly int _top;
    private readonly float[] _row;
    private readonly float[] _sums;

    /// <param name="axis">From the shorter side of the image to the size; may be shared.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="channels">Channels of the result.</param>
    public SquareResampler(ResampleAxis axis, int width, int height, int channels)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(axis.From, Math.Min(width, height), nameof(axis));
        (_axis, _channels) = (axis, channels);
        (_left, _top) = ((width - axis.From) / 2, (height - axis.From) / 2);
        (_row, _sums) = (new float[channels * axis.To], new float[channels * axis.To * axis.To]);
    }

    /// <summary>Adds row <paramref name="y"/>, whose pixels are <paramref name="stride"/> bytes apart and begin with the channels.</summary>
    public void Add(int y, ReadOnlySpan<byte> pixels, int stride)
    {
        if (y < _top || y >= _top + _axis.From)
        {
            return;
        }

        Narrow(pixels[(_left * stride)..], stride);
        var (first, last) = _axis.OutputsOf(y - _top);
        for (var o = first; o <= last; o++)
        {
            var weight = _axis.WeightsOf(o)[y - _top - _axis.StartOf(o)];
            for (var c = 0; c < _channels; c++)
            {
                var sums = _sums.AsSpan((c * _axis.To + o) * _axis.To, _axis.To);
                var row = _row.AsSpan(c * _axis.To, _axis.To);
                for (var x = 0; x < sums.Length; x++)
                {
                    sums[x] += weight * row[x];
                }
            }
        }
    }

    /// <summary>The result, planes of rows [C, S, S], rounded to whole values (halves to even).</summary>
    public void Finish(Span<byte> planes)
    {
        for (var i = 0; i < _sums.Length; i++)
        {
            planes[i] = (byte)MathF.Round(Math.Clamp(_sums[i], 0, 255));
        }
    }

    private void Narrow(ReadOnlySpan<byte> pixels, int stride)
    {
        for (var o = 0; o < _axis.To; o++)
        {
            var weights = _axis.WeightsOf(o);
            var start = _axis.StartOf(o) * stride;
            for (var c = 0; c < _channels; c++)
            {
                var sum = 0f;
                for (var i = 0; i < weights.Length; i++)
                {
                    sum += weights[i] * pixels[start + i * stride + c];
                }

                _row[c * _axis.To + o] = sum;
            }
        }
    }
}
