namespace DistGan.Client.Doctor;

/// <summary>How a check ended.</summary>
public enum CheckStatus
{
    Ok,
    Warn,
    Fail,
}
