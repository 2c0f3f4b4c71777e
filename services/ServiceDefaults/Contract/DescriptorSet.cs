using Google.Api;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace EarlyWarning.ServiceDefaults.Contract;

/// <summary>
/// The contract as the compiler of protos described it: unlike the generated types it has the comments, and beside it all that it imports.
/// Read when it is first asked for.
/// </summary>
internal static class DescriptorSet
{
    /// <summary>The package of the contract.</summary>
    public const string Package = "earlywarning.v1";

    private static readonly ExtensionRegistry s_options = [AnnotationsExtensions.Http, FieldBehaviorExtensions.FieldBehavior];
    private static readonly Lazy<byte[]> s_bytes = new(Read);
    private static readonly Lazy<IReadOnlyList<FileDescriptor>> s_files = new(Describe);

    /// <summary>Gets the <c>google.protobuf.FileDescriptorSet</c> that partners take: each file after those that it imports.</summary>
    public static byte[] Bytes => s_bytes.Value;

    /// <summary>Gets all files, each after those that it imports.</summary>
    public static IReadOnlyList<FileDescriptor> Files => s_files.Value;

    /// <summary>Gets the services of the contract, by name.</summary>
    public static IEnumerable<ServiceDescriptor> Services =>
        Files
            .Where(file => file.Package == Package)
            .SelectMany(file => file.Services)
            .OrderBy(service => service.Name, StringComparer.Ordinal);

    private static byte[] Read()
    {
        using var stream = typeof(V1.ErrorReasonReflection).Assembly.GetManifestResourceStream("earlywarning.binpb")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static IReadOnlyList<FileDescriptor> Describe() =>
        FileDescriptor.BuildFromByteStrings(FileDescriptorSet.Parser.ParseFrom(Bytes).File.Select(file => file.ToByteString()), s_options);
}
