namespace DistGan.Architecture.Tests.Sources;

/// <summary>Fails with the list of what breaks a rule.</summary>
internal static class Offenders
{
    public static void None(string rule, IEnumerable<string> offenders)
    {
        var list = offenders.ToList();
        Assert.True(list.Count == 0, $"{rule}{Environment.NewLine}  {string.Join($"{Environment.NewLine}  ", list)}");
    }
}
