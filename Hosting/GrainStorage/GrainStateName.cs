using System.Globalization;
using System.Text;
using DistGan.Hosting.Storage;

namespace DistGan.Hosting.GrainStorage;

/// <summary>The object name of a grain's state: <c>grainstate/{stateName}-{grainId}.json</c>, with what a name cannot hold as <c>_XX</c>.</summary>
internal static class GrainStateName
{
    public const string Container = "grainstate/";

    public static string Of(string stateName, GrainId grainId)
    {
        var name = new StringBuilder(Container);
        foreach (var unit in Encoding.UTF8.GetBytes($"{stateName}-{grainId}"))
        {
            if (char.IsAsciiLetterOrDigit((char)unit) || unit is (byte)'-' or (byte)'.')
            {
                name.Append((char)unit);
            }
            else
            {
                name.Append(CultureInfo.InvariantCulture, $"_{unit:X2}");
            }
        }

        name.Append(".json");
        var text = name.ToString();
        ObjectName.Validate(text);
        return text;
    }
}
