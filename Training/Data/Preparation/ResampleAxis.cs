namespace DistGan.Training.Data.Preparation;

/// <summary>
/// Weights that turn n samples along one axis into m. Output o covers [o·n/m, (o+1)·n/m): shrinking (n ≥ m) averages exactly
/// what it covers, Σ_i w_oi·x_i with w_oi the length of the overlap with [i, i+1) over n/m, so nothing aliases that a box
/// filter removes; enlarging interpolates linearly between the centres of samples, with the first and last one repeated.
/// The weights of an output sum to 1.
/// </summary>
internal sealed class ResampleAxis
{
    private readonly int[] _starts;
    private readonly float[][] _weights;
    private readonly int[] _first;
    private readonly int[] _last;

    public ResampleAxis(int from, int to)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(from);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(to);
        (From, To, _starts, _weights) = (from, to, new int[to], new float[to][]);
        (_first, _last) = (new int[from], new int[from]);
        Array.Fill(_first, to);
        Array.Fill(_last, -1);
        for (var o = 0; o < to; o++)
        {
            (_starts[o], _weights[o]) = from >= to ? Box(o, from, to) : Tent(o, from, to);
            for (var i = _starts[o]; i < _starts[o] + _weights[o].Length; i++)
            {
                (_first[i], _last[i]) = (Math.Min(_first[i], o), Math.Max(_last[i], o));
            }
        }
    }

    public int From { get; }

    public int To { get; }

    /// <summary>The first input of an output.</summary>
    public int StartOf(int output) => _starts[output];

    /// <summary>The weights of an output's inputs, from its first one on.</summary>
    public ReadOnlySpan<float> WeightsOf(int output) => _weights[output];

    /// <summary>The outputs, both ends included, that an input has a part in.</summary>
    public (int First, int Last) OutputsOf(int input) => (_first[input], _last[input]);

    private static (int Start, float[] Weights) Box(int o, int from, int to)
    {
        // In units of 1/to, so that whole numbers decide where a sample begins.
        var (low, high) = ((long)o * from, (o + 1L) * from);
        var (start, end) = ((int)(low / to), (int)((high + to - 1) / to));
        var weights = new float[end - start];
        for (var i = start; i < end; i++)
        {
            weights[i - start] = (float)((double)(Math.Min((i + 1L) * to, high) - Math.Max((long)i * to, low)) / from);
        }

        return (start, weights);
    }

    private static (int Start, float[] Weights) Tent(int o, int from, int to)
    {
        var center = Math.Clamp((o + 0.5) * from / to - 0.5, 0, from - 1);
        var start = Math.Min((int)center, Math.Max(0, from - 2));
        var part = (float)(center - start);
        return (start, from == 1 ? [1f] : [1 - part, part]);
    }
}
