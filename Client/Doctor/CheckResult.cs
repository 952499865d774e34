namespace DistGan.Client.Doctor;

/// <summary>What one check of the machine found.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="Status">Whether it works.</param>
/// <param name="Finding">What was found, with numbers.</param>
/// <param name="Advice">What to do; null where nothing has to be done.</param>
public sealed record CheckResult(string Name, CheckStatus Status, string Finding, string? Advice = null);
