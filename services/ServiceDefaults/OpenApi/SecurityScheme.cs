namespace EarlyWarning.ServiceDefaults.OpenApi;

/// <summary>How a caller says who it is, in the words of the OpenAPI specification.</summary>
/// <param name="Name">Names it in the document, such as <c>key</c>.</param>
/// <param name="Type">Its type, such as <c>http</c>.</param>
/// <param name="Description">What it is, for people.</param>
/// <param name="Scheme">The scheme of HTTP authentication; <see langword="null"/> for another type.</param>
public sealed record SecurityScheme(string Name, string Type, string Description, string? Scheme = null);

/// <summary>What the OpenAPI document says of how callers say who they are. Without it, and without a scheme, everybody may call.</summary>
/// <param name="InForce">The schemes that callers need now, all of them together. It is asked for each document.</param>
public sealed record SecuritySchemes(Func<IReadOnlyList<SecurityScheme>> InForce);
