namespace EarlyWarning.Sidecar.Configuration;

/// <summary>
/// A file that daprd would be given asks for something that the local sidecar does not do. The message names the file and the cure.
/// </summary>
public sealed class DaprConfigurationException(string file, string reason, Exception? inner = null) : Exception($"{file}: {reason}", inner);
