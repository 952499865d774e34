namespace DistGan.Hosting.Processes;

/// <summary>A key of a host's configuration, for help and for the check of names.</summary>
/// <param name="Name">The whole key; a last part <c>*</c> stands for any name.</param>
/// <param name="Use">Which hosts read it; all share one configuration.</param>
/// <param name="Meaning">What it means, in a few words.</param>
public sealed record HostKey(string Name, HostUse Use, string Meaning);
