using System.Text.Json.Nodes;

namespace DistGan.Recipes;

/// <summary>The median of the newest values.</summary>
internal sealed class RunningMedian
{
    private const int Window = 31;
    private const int Least = 5;
    private readonly Queue<double> _values = new(Window);

    /// <summary>The median, or null while there are too few values to speak of one.</summary>
    public double? Value => _values.Count < Least ? null : _values.Order().ElementAt(_values.Count / 2);

    public void Add(double value)
    {
        if (_values.Count == Window)
        {
            _ = _values.Dequeue();
        }

        _values.Enqueue(value);
    }

    /// <summary>The values, oldest first.</summary>
    public JsonArray Capture() => JsonNumbers.Of(_values);

    /// <summary>Goes back to captured values.</summary>
    public void Restore(JsonNode? values) => JsonNumbers.Fill(_values, values);
}
