namespace EarlyWarning.ServiceDefaults.Hosting;

/// <summary>The tags of health checks.</summary>
public static class HealthTags
{
    /// <summary>The check decides whether the suite is ready to take traffic.</summary>
    public const string Ready = "ready";

    /// <summary>The check decides whether the process is of use: one that fails asks for a restart.</summary>
    public const string Live = "live";
}
