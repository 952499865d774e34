using System.Text.Json.Nodes;

namespace DistGan.Recipes;

/// <summary>Finite numbers as a JSON array and back, to the last bit.</summary>
internal static class JsonNumbers
{
    public static JsonArray Of(IEnumerable<double> numbers) => new([.. numbers.Select(static number => (JsonNode)number)]);

    /// <summary>Replaces what a queue holds; an array that is missing empties it.</summary>
    public static void Fill(Queue<double> queue, JsonNode? numbers)
    {
        queue.Clear();
        foreach (var number in numbers?.AsArray() ?? [])
        {
            queue.Enqueue(number!.GetValue<double>());
        }
    }
}
