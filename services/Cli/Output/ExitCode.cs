namespace EarlyWarning.Cli.Output;

/// <summary>What the process ends with; the root command's help lists them.</summary>
public static class ExitCode
{
    /// <summary>Everything was done.</summary>
    public const int Ok = 0;

    /// <summary>The suite refused or failed, or its status is not all well.</summary>
    public const int Failed = 1;

    /// <summary>The command line, a file or a setting is wrong.</summary>
    public const int Usage = 2;

    /// <summary>The suite does not answer.</summary>
    public const int Unreachable = 3;

    /// <summary>An import went through, but not every row of it.</summary>
    public const int RowsRejected = 4;

    /// <summary>An import went through, but the last row of a key in the file is not what is current.</summary>
    public const int NotCurrent = 5;

    /// <summary>The user broke it off.</summary>
    public const int Interrupted = 130;
}
