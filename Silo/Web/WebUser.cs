namespace DistGan.Silo.Web;

/// <summary>Somebody who may sign in.</summary>
/// <param name="Name">His name, also as the user of the jobs that he submits.</param>
/// <param name="TokenHash">SHA-256 of his token.</param>
/// <param name="Role">What he may do.</param>
public sealed record WebUser(string Name, byte[] TokenHash, WebRole Role);
