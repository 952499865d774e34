namespace DistGan.Hosting.Processes;

/// <summary>Which hosts read a key.</summary>
[Flags]
public enum HostUse
{
    None = 0,
    Silo = 1,
    Worker = 2,
    Both = Silo | Worker,
}
