namespace EarlyWarning.Host.Options;

/// <summary>Reads what <c>--store</c> names.</summary>
internal static class StoreArgument
{
    /// <summary>Takes a connection string, or the file that holds one; a password on the command line is refused.</summary>
    public static string? Read(SettableOptions.Reading given)
    {
        var text = given.Text;
        if (!text.Contains('=', StringComparison.Ordinal))
        {
            return File.Exists(text)
                ? File.ReadAllText(text).Trim()
                : given.Refuse<string>(
                    "a connection string such as \"Host=db.example;Database=early_warning;Username=ew\", or a file that holds one; there "
                        + "is "
                        + $"no file {text}."
                );
        }

        if (given.IsOnCommandLine && Parts(text).Any(name => name is "PASSWORD" or "PWD" or "PSW" or "SSLPASSWORD"))
        {
            given.Fault(
                "--store must not hold a password: every user of this machine could read it. Put the connection string into EW_STORE or a "
                    + "file that --store names, or the password into a PGPASSFILE."
            );
            return null;
        }

        return text;
    }

    private static IEnumerable<string> Parts(string connection) =>
        connection.Split(';').Select(part => part.Split('=')[0].Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant());
}
