namespace CallCenter.Workflows.Mail;

/// <summary>A mail was not sent, or nobody can tell. The message is meant for whoever runs the host, and holds no password.</summary>
public class MailException : Exception
{
    /// <summary>What is wrong, in words, and what it came from.</summary>
    public MailException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}

/// <summary>A mail that nobody will take, to this address or with this content: trying again is of no use.</summary>
public sealed class MailRefusedException : MailException
{
    /// <summary>What is wrong, in words, and what it came from.</summary>
    public MailRefusedException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
